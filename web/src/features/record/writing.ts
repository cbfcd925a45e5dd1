import { useQueryClient } from "@tanstack/react-query"
import { ask } from "../../data/client"
import { records } from "../../data/recipes"
import type { Along } from "../../fields/beside"
import { same } from "../../kernel/edits"
import type { FieldMeta, RecordData, Value } from "../../kernel/meta"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import type { Place } from "./place"

/** Writes one field, with what it gives of those beside it: at once on the page, then by the server, and takes it back on wish. */
export function useWriting({ object, record }: Place) {
  const client = useQueryClient()
  const one = { queryKey: [...records.all(object.key), "one", record.id] }
  async function patch(values: Along, version?: number) {
    await ask("PATCH", `/records/${object.key}/${record.id}`, { body: values, version })
    await client.invalidateQueries({ queryKey: records.all(object.key) })
  }
  async function write(field: FieldMeta, values: Along) {
    const old = Object.fromEntries(Object.keys(values).map((key) => [key, record[key] ?? null]))
    if (Object.keys(values).every((key) => same(old[key], values[key]))) return
    await client.cancelQueries(one)
    client.setQueriesData<RecordData>(one, (now) => now && { ...now, ...values })
    try {
      await patch(values, record.version)
      tell(sayNow("list.changed", { field: field.label }), {
        undo: () => void patch(old).catch(tellFault),
      })
    } catch (error) {
      tellFault(error)
      await client.invalidateQueries(one)
    }
  }
  return (field: FieldMeta, value: Value, along: Along = {}) =>
    void write(field, { ...along, [field.key]: value })
}

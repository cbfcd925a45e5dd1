import { useQueryClient } from "@tanstack/react-query"
import { ask } from "../../data/client"
import { records } from "../../data/recipes"
import type { FieldMeta, RecordData, Value } from "../../kernel/meta"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import type { Place } from "./place"

/** Writes one field: at once on the page, then by the server, and takes it back on wish. */
export function useWriting({ object, record }: Place) {
  const client = useQueryClient()
  const one = { queryKey: [...records.all(object.key), "one", record.id] }
  async function patch(field: FieldMeta, value: Value, version?: number) {
    await ask("PATCH", `/records/${object.key}/${record.id}`, {
      body: { [field.key]: value },
      version,
    })
    await client.invalidateQueries({ queryKey: records.all(object.key) })
  }
  async function write(field: FieldMeta, value: Value) {
    const old = record[field.key] ?? null
    if (JSON.stringify(old) === JSON.stringify(value)) return
    await client.cancelQueries(one)
    client.setQueriesData<RecordData>(one, (now) => now && { ...now, [field.key]: value })
    try {
      await patch(field, value, record.version)
      tell(sayNow("list.changed", { field: field.label }), {
        undo: () => void patch(field, old).catch(tellFault),
      })
    } catch (error) {
      tellFault(error)
      await client.invalidateQueries(one)
    }
  }
  return (field: FieldMeta, value: Value) => void write(field, value)
}

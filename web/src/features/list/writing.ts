/** Values written from a list: at once on the page, then by the server, and taken back on wish. */

import { type InfiniteData, useQueryClient } from "@tanstack/react-query"
import { ask } from "../../data/client"
import { type Page, records } from "../../data/recipes"
import type { FieldMeta, RecordData, Value } from "../../kernel/meta"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import type { ListState } from "./state"

type Pages = InfiniteData<Page<RecordData>>

export function useWriting(state: ListState) {
  const client = useQueryClient()
  const { key } = state.object
  const all = { queryKey: [...records.all(key), "pages"] }

  function show(id: string, change: Partial<RecordData>) {
    client.setQueriesData<Pages>(all, (pages) => pages && changed(pages, id, change))
  }

  async function write(record: RecordData, field: FieldMeta, value: Value, name?: string) {
    const old = record[field.key] ?? null
    if (JSON.stringify(old) === JSON.stringify(value)) return
    const nameKey = Object.keys(record).find((one) => one.startsWith(`${field.key}.`))
    const before = nameKey ? { [field.key]: old, [nameKey]: record[nameKey] } : { [field.key]: old }
    await client.cancelQueries(all)
    show(record.id, { [field.key]: value, ...(nameKey ? { [nameKey]: name ?? null } : {}) })
    try {
      const saved = await ask<RecordData>("PATCH", `/records/${key}/${record.id}`, {
        body: { [field.key]: value },
        version: record.version,
      })
      show(record.id, { [field.key]: saved[field.key], version: saved.version })
      tell(sayNow("list.changed", { field: field.label }), {
        undo: () => void takeBack(record.id, field, old),
      })
    } catch (error) {
      show(record.id, before)
      tellFault(error)
    }
    for (const part of ["one", "timeline", "count"])
      void client.invalidateQueries({ queryKey: [...records.all(key), part] })
  }

  async function takeBack(id: string, field: FieldMeta, old: Value) {
    try {
      await ask("PATCH", `/records/${key}/${id}`, { body: { [field.key]: old } })
    } catch (error) {
      tellFault(error)
    }
    void client.invalidateQueries({ queryKey: records.all(key) })
  }

  return { write: (...given: Parameters<typeof write>) => void write(...given) }
}

function changed(pages: Pages, id: string, change: Partial<RecordData>): Pages {
  const mended = (one: RecordData) => (one.id === id ? ({ ...one, ...change } as RecordData) : one)
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.items.some((one) => one.id === id) ? { ...page, items: page.items.map(mended) } : page,
    ),
  }
}

/** Values written from a list: at once on the page, then by the server, and taken back on wish. */

import { type InfiniteData, useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"
import { ask } from "../../data/client"
import { Fault } from "../../data/fault"
import { type Page, records } from "../../data/recipes"
import type { Along } from "../../fields/beside"
import { type Batch, batches, type CellChange, effective, reversed } from "../../kernel/edits"
import { type FieldMeta, fieldOf, type RecordData, type Value } from "../../kernel/meta"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import type { ListState } from "./state"

/** What a list keeps of its records: pieces, or pages one after the other. */
type Pages = Page<RecordData> | InfiniteData<Page<RecordData>>

const AT_ONCE = 4

/** What a cell shall hold, how that is called, and what goes along in the fields beside it. */
export interface Written {
  value: Value
  name?: string
  along?: Along
}

export function useWriting(state: ListState) {
  const client = useQueryClient()
  const { object } = state
  const all = { queryKey: [...records.all(object.key), "pages"] }
  /** What can be taken back, the last thing last. */
  const done = useRef<CellChange[][]>([])
  /** What is under way: nothing is taken back before it is written. */
  const running = useRef<Promise<unknown>>(Promise.resolve())

  function show(id: string, change: Partial<RecordData>) {
    client.setQueriesData<Pages>(all, (pages) => pages && changed(pages, id, change))
  }
  function showAll(changes: CellChange[]) {
    for (const one of changes) {
      const field = fieldOf(object, one.field)
      const named = field?.object ? { [`${one.field}.${titleKey(field)}`]: one.nextName } : {}
      show(one.id, { [one.field]: one.next, ...named })
    }
  }

  async function send(batch: Batch, versions: Map<string, number | undefined>) {
    const [first = ""] = batch.ids
    if (batch.ids.length > 1) {
      const body = { ids: batch.ids, set: batch.set }
      const told = await ask<{ errors: unknown[] }>("PATCH", `/records/${object.key}`, { body })
      if (told.errors.length > 0)
        throw new Fault(422, { detail: sayNow("bulk.left", { n: told.errors.length }) })
      return
    }
    const saved = await ask<RecordData>("PATCH", `/records/${object.key}/${first}`, {
      body: batch.set,
      version: versions.get(first),
    })
    const values = Object.keys(batch.set).map((key) => [key, saved[key]])
    show(first, { ...Object.fromEntries(values), version: saved.version })
  }

  /** Writes what really changes; gives what was written, and shows again what was not. */
  async function put(given: CellChange[], versions = new Map<string, number | undefined>()) {
    const changes = effective(given)
    if (changes.length === 0) return []
    await client.cancelQueries(all)
    showAll(changes)
    const waiting = batches(changes)
    const failed = new Set<string>()
    const work = async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const batch = one
        await send(batch, versions).catch((error: unknown) => {
          for (const id of batch.ids) failed.add(id)
          tellFault(error)
        })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    showAll(reversed(changes.filter((one) => failed.has(one.id))))
    const parts =
      changes.length > 1 ? ["one", "timeline", "count", "pages"] : ["one", "timeline", "count"]
    for (const part of parts)
      void client.invalidateQueries({ queryKey: [...records.all(object.key), part] })
    return changes.filter((one) => !failed.has(one.id))
  }

  /** Writes, and says how to take it back. */
  async function apply(given: CellChange[], versions?: Map<string, number | undefined>) {
    const written = await put(given, versions)
    const [first] = written
    if (!first) return
    done.current.push(written)
    const label = fieldOf(object, first.field)?.label ?? ""
    const says =
      written.length === 1
        ? sayNow("list.changed", { field: label })
        : sayNow("grid.written", { n: written.length })
    tell(says, { undo: () => void takeBack(written) })
  }

  async function takeBack(written: CellChange[] | undefined) {
    if (!written) return
    done.current = done.current.filter((one) => one !== written)
    const back = await put(reversed(written))
    if (back.length > 0) tell(sayNow("grid.back", { n: back.length }))
    void client.invalidateQueries({ queryKey: records.all(object.key) })
  }

  function titleKey(field: FieldMeta): string {
    const some = client.getQueriesData<Pages>(all).find(([, one]) => one)?.[1]
    const page = some && "pages" in some ? some.pages[0] : some
    return (
      Object.keys(page?.items[0] ?? {})
        .find((one) => one.startsWith(`${field.key}.`))
        ?.slice(field.key.length + 1) ?? "name"
    )
  }

  function go(writing: Promise<unknown>) {
    running.current = Promise.all([running.current, writing])
  }

  return {
    apply: (given: CellChange[]) => go(apply(given)),
    undo: () => void running.current.then(() => takeBack(done.current.at(-1))),
    write: (record: RecordData, field: FieldMeta, { value, name, along = {} }: Written) => {
      const versions = new Map([[record.id, record.version]])
      const others = Object.entries(along).flatMap(([key, next]) => {
        const other = fieldOf(object, key)
        return other ? [changeOf(record, other, next)] : []
      })
      const writing = apply([changeOf(record, field, value, name), ...others], versions)
      go(writing)
      return writing
    },
  }
}

/** One cell, as it is and as it shall be. */
export function changeOf(
  record: RecordData,
  field: FieldMeta,
  next: Value,
  nextName?: string,
): CellChange {
  const called = Object.entries(record).find(([key]) => key.startsWith(`${field.key}.`))?.[1]
  const oldName = typeof called === "string" ? called : undefined
  return {
    id: record.id,
    field: field.key,
    old: record[field.key] ?? null,
    next,
    oldName,
    nextName,
  }
}

function changed(pages: Pages, id: string, change: Partial<RecordData>): Pages {
  const mended = (one: RecordData) => (one.id === id ? ({ ...one, ...change } as RecordData) : one)
  const page = (one: Page<RecordData>) =>
    one.items.some((item) => item.id === id) ? { ...one, items: one.items.map(mended) } : one
  return "pages" in pages ? { ...pages, pages: pages.pages.map(page) } : page(pages)
}

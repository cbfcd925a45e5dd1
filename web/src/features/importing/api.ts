/** An import from the file to the result, in the words of the server. */

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import { ask } from "../../data/client"
import type { Page } from "../../data/recipes"
import type { Value } from "../../kernel/meta"
import type { CellState } from "../../kernel/rehearsal"

export interface Column {
  at: number
  letter: string
  header: string
  /** A field, or one of what belongs to the record: `contacts.phone`. */
  field: string | null
  confidence: number
  label: string | null
  /** Where it would fit too, beside the record, if somebody says so. */
  proposed: string | null
  /** The other field that takes a part of its cells. */
  also: { field: string; label: string } | null
  sample: (string | null)[]
}

export interface Draft {
  id: string
  object: string
  name: string
  sheets: { name: string; lines: number; hidden: boolean; hidden_lines: number }[]
  sheet: string
  /** The lines of the head, counted from 1; none for a sheet without one. */
  header: number[]
  columns: Column[]
  on_duplicate: "skip" | "update" | "merge" | "create" | "review"
  /** What lines are: new records, changes of those that the key names, or either. */
  mode: Mode
  /** The fields by which a line names a record; `id` for its own. */
  key: string[]
  /** What a blank cell does to a record that is there. */
  blank: Blank
  /** The lookups whose records are made if nobody goes by that name. */
  create_missing: string[]
  /** What keeps it from being started. */
  problems: { path: string; code: string; message: string }[]
}

export type Mode = "create" | "update" | "upsert"
export type Blank = "keep" | "clear"

/** What somebody says of a draft. */
export interface Change {
  sheet?: string
  header?: number[]
  on_duplicate?: Draft["on_duplicate"]
  mode?: Mode
  key?: string[]
  blank?: Blank
  create_missing?: string[]
  /** The field, or nothing, by the head or the letter of a column. */
  mapping?: Record<string, string | null>
}

/** The draft as it will be: what was just chosen stays in sight until the server has answered. */
export function ahead(draft: Draft, { mapping = {}, ...said }: Change): Draft {
  const columns = draft.columns.map((one) => {
    const field = mapping[one.header || one.letter]
    return field === undefined ? one : { ...one, field }
  })
  return { ...draft, ...said, columns }
}

/** What is known of an import that is begun: its draft, or that it runs or is over. */
export interface Begun {
  id: string
  draft: Draft | undefined
}

export interface Run {
  id: string
  state: string
  rows: number
  total: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  failed: number
  eta: number | null
  /** Why it came to no good end. */
  stopped: string | null
  on_duplicate: Draft["on_duplicate"]
  /** Who began it, and when it ran. */
  actor: string | null
  started_at: string | null
  ended_at: string | null
  /** Lines that are no records, and the names that nobody goes by, per column. */
  ignored: { line: number; why: string }[]
  unknown: Record<string, Record<string, number>>
}

/** A line that seems to be there already, with what it may be, the likeliest first. */
export interface Waiting {
  line: number
  /** Its values in standard form, by field. */
  values: Record<string, Value>
  /** A record that one does not see says only whose it is. */
  matches: {
    record?: string
    title?: string
    owner: string
    /** The fields that agree. */
    reasons: string[]
  }[]
}

export type Decision = "merge" | "update" | "create" | "skip"

/** What became of lines that somebody decided about; those with problems wait on. */
export interface Decided {
  counts: Record<string, number>
  problems: { line: number; problems: { message: string }[] }[]
}

/** What stands against taking an import back. */
export interface Undoing {
  stopped: string | null
  refused: { path: string; code: string; message: string }[]
}

export interface Rehearsal extends Run {
  stale: boolean
  remarked: number
  duplicates: { in_file: number; in_base: number }
  cells: Record<CellState, number>
}

export interface Line {
  line: number
  kinds: string[]
  record: string | null
  title: string | null
  cells: {
    column: string
    header: string
    field: string
    state: CellState | null
    raw: Value
    value: Value
    old: Value
  }[]
  problems: { column: string | null; field: string | null; message: string }[]
}

/** Lines of a rehearsal that are asked for together. */
const LINES = 200

/** Lines to be decided about that are asked for together. */
const WAITING = 50

const OVER = new Set(["done", "failed", "cancelled", "undone"])
const GLANCE = 600

export function isOver(run: Run): boolean {
  return OVER.has(run.state)
}

export function upload(object: string, file: File): Promise<Draft> {
  const form = new FormData()
  form.set("object", object)
  form.set("file", file)
  return ask("POST", "/imports", { form })
}

export const amend = (id: string, body: Change) => ask<Draft>("PATCH", `/imports/${id}`, { body })
export const rehearse = (id: string) => ask<Rehearsal>("POST", `/imports/${id}/dry-run`)
export const start = (id: string) => ask<Run>("POST", `/imports/${id}/start`)
export const cancel = (id: string) => ask<Run>("POST", `/imports/${id}/cancel`)
export const undo = (id: string) => ask<Run>("POST", `/imports/${id}/undo`)

export const decide = (id: string, lines: number[], decision: Decision) =>
  ask<Decided>("POST", `/imports/${id}/review`, { body: { lines, decision } })

export const imports = {
  /** An import that an address names. A draft is told whole by changing nothing of it. */
  begun: (id: string) =>
    queryOptions({
      queryKey: ["imports", id, "begun"],
      queryFn: async ({ signal }): Promise<Begun> => {
        const run = await ask<Run>("GET", `/imports/${id}`, { signal })
        return { id, draft: run.state === "draft" ? await amend(id, {}) : undefined }
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  /** How far the run is; asked again and again until it is over. */
  run: (id: string) =>
    queryOptions({
      queryKey: ["imports", id, "run"],
      queryFn: ({ signal }) => ask<Run>("GET", `/imports/${id}`, { signal }),
      refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : GLANCE),
    }),
  undoing: (id: string) =>
    queryOptions({
      queryKey: ["imports", id, "undoing"],
      queryFn: ({ signal }) => ask<Undoing>("GET", `/imports/${id}/undo`, { signal }),
    }),
  /** The lines that nobody decided about. */
  waiting: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["imports", id, "waiting"],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<Waiting>>("GET", `/imports/${id}/review`, {
          query: { limit: WAITING, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  rehearsal: (id: string, round: number) =>
    queryOptions({
      queryKey: ["imports", id, "rehearsal", round],
      queryFn: ({ signal }) => ask<Rehearsal>("GET", `/imports/${id}/dry-run`, { signal }),
      refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : GLANCE),
    }),
  lines: (id: string, round: number, kind: string) =>
    infiniteQueryOptions({
      queryKey: ["imports", id, "lines", round, kind],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<Line>>("GET", `/imports/${id}/dry-run/lines`, {
          query: { kind, limit: LINES, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    }),
}

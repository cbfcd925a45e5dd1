/** Where values come from, what records were merged with, who works on them: asked only when looked at. */

import { queryOptions } from "@tanstack/react-query"
import type { RecordData, Value } from "../kernel/meta"
import { momentOf } from "../kernel/zone"
import { ask } from "./client"
import type { Page } from "./recipes"

export interface Somebody {
  id: string
  name: string
}

export interface Origin {
  kind: string
  key?: { id: string; name: string } | null
  import?: { id: string; name: string; line: number | null } | null
  [more: string]: unknown
}

export interface Written {
  at: string
  actor: Somebody | null
  origin: Origin
  kind: string
  old: Value
  new: Value
  raw?: string | null
}

export interface Lineage {
  field: string
  current: { at: string; actor: Somebody | null; origin: Origin; value: Value } | null
  items: Written[]
}

export interface MergeDone {
  id: string
  state: string
  actor: Somebody | null
  at: string
  undone_at: string | null
  survivor: { id: string; title: string | null }
  /** A part one may not see, or that is a record of its own again, is not told. */
  parts: { id: string; record: RecordData | null }[]
}

export interface Share {
  id: string
  to: {
    user?: Somebody
    department?: { id: string; name: string }
    role?: { key: string; label: string }
  }
  level: "read" | "write"
  until: string | null
}

export const lineage = {
  of: (object: string, id: string, field: string) =>
    queryOptions({
      queryKey: ["records", object, "lineage", id, field],
      queryFn: ({ signal }) =>
        ask<Lineage>("GET", `/records/${object}/${id}/history`, {
          query: { field, limit: 4 },
          signal,
        }),
    }),
  merges: (object: string, id: string) =>
    queryOptions({
      queryKey: ["records", object, "merges", id],
      queryFn: ({ signal }) =>
        ask<Page<MergeDone>>("GET", `/records/${object}/${id}/merges`, { signal }),
    }),
  team: (object: string, id: string) =>
    queryOptions({
      queryKey: ["records", object, "team", id],
      queryFn: ({ signal }) => ask<Page<Share>>("GET", `/records/${object}/${id}/team`, { signal }),
    }),
  shares: (object: string, id: string) =>
    queryOptions({
      queryKey: ["records", object, "shares", id],
      queryFn: ({ signal }) =>
        ask<Page<Share>>("GET", `/records/${object}/${id}/shares`, { signal }),
    }),
  /** The record as it was at the end of a day. */
  onDay: (object: string, id: string, day: string, select: string[]) =>
    queryOptions({
      queryKey: ["records", object, "then", id, day, select],
      queryFn: ({ signal }) =>
        ask<RecordData>("GET", `/records/${object}/${id}`, {
          query: {
            as_of: momentOf(new Date(`${day}T23:59:59`)).toISOString(),
            select: select.join(","),
          },
          signal,
        }),
      retry: false,
    }),
}

/** Every question to the server as a recipe: key and fetcher together. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import type { Group } from "../kernel/groups"
import { asLooking, mayWrite, onlySeen } from "../kernel/looking"
import { Catalog, type Me, type ObjectMeta, type RecordData, type ViewMeta } from "../kernel/meta"
import { countDaysIn } from "../kernel/zone"
import { ask } from "./client"
import { languageNow } from "./preferences"

export interface Page<Item> {
  items: Item[]
  next: string | null
  count?: { value: number; exact: boolean } | null
}

export interface Person {
  id: string
  name: string
  label: string
  active: boolean
  department: string | null
}

export interface RecordQuery {
  select?: string[]
  where?: string
  order?: string[]
  limit?: number
  search?: string
  view?: string
  deleted?: boolean
}

export interface GroupQuery {
  by: string
  measures: string[]
  order: string
  where?: string
  search?: string
  view?: string
}

/** A page of groups, and how many groups and records there are in all. */
export interface Groups {
  items: Group[]
  next: string | null
  groups: number
  records: number
}

const FOR_LONG = 5 * 60_000
/** The first page comes fast; who reads on gets more at once. */
const PAGE = 60
const NEXT = 300
/** Groups that are asked for together. */
export const GROUPS = 200
/** The lines of a table that are asked for together. */
export const PIECE = 100

export const me = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: async ({ signal }) => {
      const who = await ask<Me>("GET", "/me", { signal })
      countDaysIn(who.zone)
      return asLooking(who)
    },
    staleTime: FOR_LONG,
  })

export const catalog = () =>
  queryOptions({
    queryKey: ["objects", languageNow()],
    queryFn: async ({ client, signal }) => {
      const asked = ask<Page<ObjectMeta>>("GET", "/objects", { signal })
      const [{ items }, who] = await Promise.all([asked, client.ensureQueryData(me())])
      return new Catalog(mayWrite(who) ? items : items.map(onlySeen))
    },
    staleTime: FOR_LONG,
    structuralSharing: false,
  })

export const views = {
  all: () => ["views"] as const,
  of: (object: string) =>
    queryOptions({
      queryKey: ["views", object, languageNow()],
      queryFn: async ({ signal }) =>
        (await ask<Page<ViewMeta>>("GET", "/views", { query: { object }, signal })).items,
      staleTime: FOR_LONG,
    }),
  every: () =>
    queryOptions({
      queryKey: ["views", "", languageNow()],
      queryFn: async ({ signal }) => (await ask<Page<ViewMeta>>("GET", "/views", { signal })).items,
      staleTime: FOR_LONG,
    }),
}

export const people = () =>
  queryOptions({
    queryKey: ["people"],
    queryFn: async ({ signal }) => {
      const page = await ask<Page<Person>>("GET", "/users", { query: { limit: 1000 }, signal })
      return page.items
    },
    staleTime: FOR_LONG,
  })

export const found = {
  people: (search: string) =>
    queryOptions({
      queryKey: ["people", "found", search],
      queryFn: async ({ signal }) => {
        const query = { search, active: true, limit: 20 }
        return (await ask<Page<Person>>("GET", "/users", { query, signal })).items
      },
    }),
}

export const records = {
  all: (object: string) => ["records", object] as const,
  page: (object: string, query: RecordQuery) =>
    queryOptions({
      queryKey: ["records", object, "page", query],
      queryFn: ({ signal }) =>
        ask<Page<RecordData>>("POST", `/records/${object}/query`, { body: query, signal }),
    }),
  pages: (object: string, query: RecordQuery) =>
    infiniteQueryOptions({
      queryKey: ["records", object, "pages", query],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<RecordData>>("POST", `/records/${object}/query`, {
          body: { limit: pageParam === null ? PAGE : NEXT, ...query, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  /** Some lines out of the middle: by the cursor where the piece before is known. */
  piece: (object: string, query: RecordQuery, number: number) =>
    queryOptions({
      queryKey: ["records", object, "pages", query, number],
      queryFn: ({ client, signal }) => {
        const before = ["records", object, "pages", query, number - 1]
        const next = client.getQueryData<Page<RecordData>>(before)?.next
        const from = next ? { cursor: next } : { offset: number * PIECE }
        return ask<Page<RecordData>>("POST", `/records/${object}/query`, {
          body: { ...query, limit: PIECE, ...from },
          signal,
        })
      },
    }),
  count: (object: string, query: RecordQuery, whole = false) =>
    queryOptions({
      queryKey: ["records", object, "count", query, ...(whole ? ["whole"] : [])],
      queryFn: async ({ signal }) => {
        const count = whole ? "exact" : "capped"
        const body = { ...query, select: ["id"], limit: 1, count }
        const page = await ask<Page<RecordData>>("POST", `/records/${object}/query`, {
          body,
          signal,
        })
        return page.count ?? { value: 0, exact: true }
      },
    }),
  /** Counted beside the lines, so what changes a count changes them. */
  groups: (object: string, query: GroupQuery) =>
    infiniteQueryOptions({
      queryKey: ["records", object, "count", "groups", query],
      queryFn: ({ signal, pageParam }) =>
        ask<Groups>("POST", `/records/${object}/groups`, {
          body: { limit: GROUPS, ...query, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  one: (object: string, id: string, select: string[] = []) =>
    queryOptions({
      queryKey: ["records", object, "one", id, select],
      queryFn: ({ signal }) =>
        ask<RecordData>("GET", `/records/${object}/${id}`, {
          query: { select: select.join(",") },
          signal,
        }),
    }),
  related: (object: string, id: string, relation: string, query: RecordQuery) =>
    queryOptions({
      queryKey: ["records", object, "related", id, relation, query],
      queryFn: ({ signal }) =>
        ask<Page<RecordData>>("GET", `/records/${object}/${id}/related/${relation}`, {
          query: {
            limit: query.limit ?? 5,
            count: "capped",
            select: query.select?.join(","),
            order: query.order?.join(","),
          },
          signal,
        }),
    }),
  timeline: (object: string, id: string, kinds: string) =>
    infiniteQueryOptions({
      queryKey: ["records", object, "timeline", id, kinds],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<Moment>>("GET", `/records/${object}/${id}/timeline`, {
          query: { limit: 30, kinds, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
}

export interface Change {
  field: string
  old: RecordData[string]
  new: RecordData[string]
}

/** One thing that happened: a record that came to be, or fields that changed. */
export interface Moment {
  kind: string
  at: string
  object: string
  id: string
  record?: RecordData
  event?: {
    kind: string
    actor: { id: string; name: string } | null
    source: string | null
    cause: string | null
    changes: Change[]
  }
}

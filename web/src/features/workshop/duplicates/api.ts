/** Runs that look for duplicates, what they found, and what people say to it, in the words of the server. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { ask } from "../../../data/client"
import type { Page } from "../../../data/recipes"
import type { RecordData } from "../../../kernel/meta"
import type { Reason } from "../../../kernel/waterfall"

export interface Run {
  id: string
  object: string
  state: "waiting" | "running" | "done" | "failed"
  threshold: number
  incremental: boolean
  step: string
  records: number
  pairs: number
  clusters: number
  fault: { code: string; message: string } | null
  ended_at: string | null
}

export interface Pair {
  id: string
  a: { id: string; title: string | null }
  b: { id: string; title: string | null }
  score: number
  joined: boolean
  decision: "same" | "different" | null
  reasons: Reason[]
}

/** The clusters of a run merged at once. */
export interface Batch {
  state: "none" | "waiting" | "running" | "done" | "failed" | "undoing" | "undone"
  min_score: number
  total: number
  done: number
  outcomes: Record<string, number>
}

export interface Merged {
  id: string
  merge_id: string
  record: RecordData
}

const GLANCE = 800
const BUSY = new Set(["waiting", "running", "undoing"])

export function busy(one: { state: string } | null | undefined): boolean {
  return one !== null && one !== undefined && BUSY.has(one.state)
}

export const begin = (object: string, incremental: boolean) =>
  ask<Run>("POST", `/identity/${object}/runs`, { body: { incremental } })
export const decide = (pair: string, decision: "same" | "different") =>
  ask<void>("POST", `/identity/review/${pair}`, { body: { decision } })
export const mergeInto = (object: string, keep: string, gone: string) =>
  ask<Merged>("POST", `/records/${object}/${keep}/merge`, { body: { duplicates: [gone] } })
export const mergeAll = (run: string, least: number) =>
  ask<Batch>("POST", `/identity/runs/${run}/merge`, { body: { min_score: least } })
export const undoMerge = (id: string) => ask<unknown>("POST", `/merges/${id}/undo`)
export const undoAll = (run: string) => ask<Batch>("POST", `/identity/runs/${run}/merge/undo`)

export const identity = {
  all: ["identity"] as const,
  run: (id: string) =>
    queryOptions({
      queryKey: ["identity", "run", id],
      queryFn: ({ signal }) => ask<Run>("GET", `/identity/runs/${id}`, { signal }),
      refetchInterval: (query) => (busy(query.state.data) ? GLANCE : false),
      retry: false,
    }),
  batch: (run: string) =>
    queryOptions({
      queryKey: ["identity", "batch", run],
      queryFn: ({ signal }) => ask<Batch>("GET", `/identity/runs/${run}/merge`, { signal }),
      refetchInterval: (query) => (busy(query.state.data) ? GLANCE : false),
      retry: false,
    }),
  /** The open questions; other ones after each run. */
  questions: (object: string, after: string) =>
    infiniteQueryOptions({
      queryKey: ["identity", "review", object, after],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<Pair>>("GET", `/identity/${object}/review`, {
          query: { limit: 50, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  /** How many clusters are so sure that nobody has to be asked; they may be merged at once. */
  sure: (run: string, least: number) =>
    queryOptions({
      queryKey: ["identity", "sure", run, least],
      queryFn: ({ signal }) =>
        ask<{ would: number }>("GET", `/identity/runs/${run}/merge`, {
          query: { min_score: least },
          signal,
        }),
    }),
}

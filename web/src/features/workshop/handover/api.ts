/** Every question about hand-overs. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { ask } from "../../../data/client"
import { languageNow } from "../../../data/preferences"
import type { Page } from "../../../data/recipes"
import type { Target } from "./model"

export interface Lot {
  key: string
  object: string
  field: string
  label: string
  field_label: string
}

export interface Survey {
  person: { id: string; name: string; active: boolean; absent: boolean }
  objects: (Lot & { count: number })[]
  reports: { id: string; name: string }[]
  departments: { id: string; name: string }[]
  teams: number
  shares: number
  views: number
  keys: number
  imports: number
  exports: number
}

export interface Preview {
  objects: (Lot & {
    total: number
    left: number
    rules: {
      rule: number
      targets: { user: string | null; name: string | null; pool: string | null; count: number }[]
    }[]
  })[]
  left: number
  warnings: { code: string; name: string }[]
  running: Record<string, number>
}

export type State = "waiting" | "running" | "done" | "failed" | "undoing" | "undone"

export interface Handover {
  id: string
  person: { id: string; name: string }
  actor: { id: string; name: string } | null
  state: State
  reason: string
  stopped: { message?: string } | string | null
  created_at: string
  total?: number
  done?: number
  outcomes?: Record<string, number>
  plan: { objects?: Record<string, { where?: string; to: Target }[]>; others?: Target }
}

export interface Exception {
  position: number
  object: string
  record: string
  outcome: string
  why: string
}

const BUSY: readonly State[] = ["waiting", "running", "undoing"]

export const handovers = {
  survey: (user: string) =>
    queryOptions({
      queryKey: ["handovers", "survey", user, languageNow()],
      queryFn: ({ signal }) => ask<Survey>("GET", `/users/${user}/handover`, { signal }),
      staleTime: 0,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ["handovers", "one", id],
      queryFn: ({ signal }) => ask<Handover>("GET", `/handovers/${id}`, { signal }),
      refetchInterval: (query) =>
        query.state.data && BUSY.includes(query.state.data.state) ? 700 : false,
    }),
  pages: () =>
    infiniteQueryOptions({
      queryKey: ["handovers", "pages"],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<Handover>>("GET", "/handovers", {
          query: { limit: 50, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  exceptions: (id: string) =>
    queryOptions({
      queryKey: ["handovers", "exceptions", id],
      queryFn: async ({ signal }) =>
        (
          await ask<Page<Exception>>("GET", `/handovers/${id}/exceptions`, {
            query: { limit: 100 },
            signal,
          })
        ).items,
    }),
}

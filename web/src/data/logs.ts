/** Every question about the logs, and about exports that wait for approval. */

import { infiniteQueryOptions } from "@tanstack/react-query"
import { ask } from "./client"
import type { Page } from "./recipes"

export const LOGS = ["operations", "sign-ins", "changes"] as const
export type LogName = (typeof LOGS)[number]

export interface LogFilter {
  actor?: string
  act?: string
  object?: string
  target?: string
  from?: string
  until?: string
  search?: string
}

type Somebody = { id: string | null; name: string | null } | null

/** An entry of any of the logs: what a log does not know is absent. */
export interface LogEntry {
  seq: number
  at: string
  actor?: Somebody
  user?: Somebody
  seen_by?: string | null
  act?: string
  object?: string
  target?: string
  label?: string
  old?: unknown
  new?: unknown
  reason?: string
  source?: string | null
  ip?: string
  agent?: string
  login?: string
  way?: string
  outcome?: string
  record?: string
  kind?: string
  title?: string | null
  seen?: boolean
  changes?: { field: string; old: unknown; new: unknown }[]
}

export interface Verified {
  sound: boolean
  items: {
    log: LogName
    sound: boolean
    seals: number
    rows: number
    cleared: number
    unsealed: number
    head: { number: number; digest: string } | null
    findings: { kind: string; message: string }[]
  }[]
}

export interface WaitingExport {
  id: string
  object: string
  format: string
  query: { where?: string; select?: string[]; search?: string }
  state: string
  expected: number | null
  reason: string
  user: { id: string; name: string }
  created_at: string
}

export const logs = {
  pages: (log: LogName, filter: LogFilter) =>
    infiniteQueryOptions({
      queryKey: ["logs", log, filter],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<LogEntry>>("GET", `/logs/${log}`, {
          query: { ...filter, limit: 60, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      staleTime: 0,
    }),
}

export const approvals = {
  pages: () =>
    infiniteQueryOptions({
      queryKey: ["approvals"],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<WaitingExport>>("GET", "/exports", {
          query: { of: "others", limit: 50, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      staleTime: 0,
    }),
}

/** Sweeps: what is done to very many records at once, as a job of the server. */

import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query"
import { isOver, type Sweep, shownOf } from "../kernel/sweeps"
import { ask, type Wish } from "./client"
import type { Page } from "./recipes"

export interface Left {
  position: number
  /** What it is a record of: what went along may be of another object than the sweep. */
  object: string
  record: { id: string; title: string | null } | null
  outcome: "refused" | "stayed" | "kept"
  errors: { code: string; message: string }[]
}

const GLANCE = 700
const LATEST = 20

/** Those that ran while somebody was here, those seen at their end, and those put away then. */
const met = new Set<string>()
const ended = new Set<string>()
const away = new Set<string>()

/** One that was begun here is shown at its end, however soon that comes. */
export function meet(id: string): void {
  met.add(id)
}

/** What is worth showing out of what was read; it is not asked for again once it is put away. */
export const worthShowing = (found: readonly Sweep[]) => shownOf(found, met, away)

export function putAway(client: QueryClient, id: string): void {
  away.add(id)
  client.setQueriesData<Sweep[]>(
    { queryKey: ["sweeps", "latest"] },
    (before) => before && [...before],
  )
}

/** Asks for sweeps; where one has ended since, what it changed is asked for anew. */
async function read(client: QueryClient, found: Promise<Page<Sweep>>) {
  const { items } = await found
  for (const one of items) if (!isOver(one)) met.add(one.id)
  const over = items.filter((one) => isOver(one) && met.has(one.id))
  const news = over.filter((one) => !ended.has(`${one.id} ${one.state}`))
  for (const one of news) ended.add(`${one.id} ${one.state}`)
  if (news.length > 0) void client.invalidateQueries({ queryKey: ["records"] })
  return items
}

const again = (items: Sweep[] | undefined) =>
  items?.some((one) => !isOver(one)) ? GLANCE : (false as const)

export const sweeps = {
  all: ["sweeps"] as const,
  /** One's latest sweeps over an object, or over all of them; asked again while one runs. */
  latest: (object?: string) =>
    queryOptions({
      queryKey: ["sweeps", "latest", object ?? ""],
      queryFn: ({ client, signal }) => {
        const query = { object, limit: LATEST }
        return read(client, ask<Page<Sweep>>("GET", "/sweeps", { query, signal }))
      },
      refetchInterval: (query) => again(query.state.data),
    }),
  left: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["sweeps", id, "left"],
      queryFn: ({ pageParam, signal }) =>
        leftBy(id, { query: { cursor: pageParam, limit: 100 }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      staleTime: 0,
    }),
}

/** The records that were left as they are, each with why. */
export const leftBy = (id: string, wish?: Wish) =>
  ask<Page<Left>>("GET", `/sweeps/${id}/refusals`, wish)
export const cancelSweep = (id: string) => ask<Sweep>("POST", `/sweeps/${id}/cancel`)
export const undoSweep = (id: string) => ask<Sweep>("POST", `/sweeps/${id}/undo`)

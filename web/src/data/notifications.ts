/** What one was told of: questions about it, and the number of unread ones as it changes. */

import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query"
import type { Notification } from "../kernel/notifications"
import { ask, hear } from "./client"
import { languageNow } from "./preferences"
import type { Page } from "./recipes"

interface Unread {
  unread: number
}

export interface Told {
  key: string
  label: string
  on: boolean
}

const PAGE = 30

export const notifications = {
  all: () => ["notifications"] as const,
  unread: () =>
    queryOptions({
      queryKey: ["notifications", "unread"],
      queryFn: ({ signal }) => ask<Unread>("GET", "/notifications/live", { signal }),
    }),
  pages: () =>
    infiniteQueryOptions({
      queryKey: ["notifications", "pages", languageNow()],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<Notification> & Unread>("GET", "/notifications", {
          query: { limit: PAGE, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      staleTime: 0,
    }),
  settings: () =>
    queryOptions({
      queryKey: ["notifications", "settings", languageNow()],
      queryFn: async ({ signal }) =>
        (await ask<{ kinds: Told[] }>("GET", "/notifications/settings", { signal })).kinds,
    }),
}

/** Marks some lines as read, or all of them. */
export async function markRead(client: QueryClient, ids?: string[]): Promise<void> {
  counted(client, (await ask<Unread>("POST", "/notifications/read", { body: { ids } })).unread)
}

/** Says which kinds one does not want; shown at once, and taken back if the server refuses. */
export async function wantAllBut(client: QueryClient, off: string[]): Promise<void> {
  const { queryKey } = notifications.settings()
  client.setQueryData(queryKey, (kinds) =>
    kinds?.map((one) => ({ ...one, on: !off.includes(one.key) })),
  )
  try {
    await ask("PUT", "/notifications/settings", { body: { off } })
  } catch (error) {
    await client.invalidateQueries({ queryKey })
    throw error
  }
}

/** Takes a number that the server said; whoever looks at the lines gets them anew. */
function counted(client: QueryClient, unread: number): void {
  client.setQueryData(notifications.unread().queryKey, { unread })
  void client.invalidateQueries({ queryKey: ["notifications", "pages"] })
}

const NAME = "zhike-unread"

/**
 * Hears the number for as long as it is wanted. Browsers allow few open connections to one server:
 * of all windows one listens and tells the others; where windows cannot agree (no https), only
 * those in sight listen.
 */
export function listen(client: QueryClient): () => void {
  const over = new AbortController()
  const others = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : undefined
  const heard = (said: unknown) => {
    if (typeof said === "object" && said && "unread" in said && typeof said.unread === "number")
      counted(client, said.unread)
  }
  others?.addEventListener("message", (event) => heard(event.data))
  const open = () =>
    hear("/notifications/live", (said) => {
      heard(said)
      others?.postMessage(said)
    })
  if ("locks" in navigator)
    navigator.locks
      .request(NAME, { signal: over.signal }, () => {
        const close = open()
        return new Promise<void>((resolve) => {
          over.signal.addEventListener("abort", () => {
            close()
            resolve()
          })
        })
      })
      .catch(() => undefined)
  else inSight(open, over.signal)
  return () => {
    over.abort()
    others?.close()
  }
}

function inSight(open: () => () => void, over: AbortSignal): void {
  let close: (() => void) | undefined
  const look = () => {
    if (document.visibilityState === "visible" && !over.aborted) close ??= open()
    else {
      close?.()
      close = undefined
    }
  }
  look()
  document.addEventListener("visibilitychange", look, { signal: over })
  over.addEventListener("abort", look)
}

/** What others ask of me, in the words of the server. */

import { queryOptions } from "@tanstack/react-query"
import { ask } from "../../data/client"
import type { Page } from "../../data/recipes"

export interface Wish {
  id: string
  created_at: string
  asker: { id: string; name: string }
  object: string
  title: string | null
  wish: "access" | "collaboration" | "release"
  reason: string
  state: string
  /** Told only to whoever decides. */
  record?: string
}

export const decideWish = (id: string, decision: "grant" | "refuse") =>
  ask<unknown>("POST", `/identity/wishes/${id}/decision`, { body: { decision } })

export const wishes = {
  open: () =>
    queryOptions({
      queryKey: ["wishes", "open"],
      queryFn: async ({ signal }) => {
        const query = { state: "open" }
        return (await ask<Page<Wish>>("GET", "/identity/wishes", { query, signal })).items
      },
      staleTime: 60_000,
    }),
}

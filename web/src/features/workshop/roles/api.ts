/** Every question about roles as documents, and about who may do what. */

import { type QueryClient, queryOptions } from "@tanstack/react-query"
import { ask } from "../../../data/client"
import { languageNow } from "../../../data/preferences"
import type { Page } from "../../../data/recipes"
import type { Act, Denial, Level, RoleDoc } from "./model"

export interface StoredRole {
  key: string
  version: number
  app: string | null
  updated_at: string
  body: RoleDoc
}

export interface RoleVersion {
  version: number
  at: string
  actor: { id: string; name: string } | null
  app: string | null
  body: RoleDoc | null
}

/** What applying a document would do. */
export interface Plan {
  version: number
  documents: { kind: string; key: string; change: string; clashes: unknown[] }[]
  steps: {
    id: string
    says: { zh: string; en: string }
    rows: number | null
    lossy: boolean
  }[]
}

export interface Compared {
  roles: { key: string; label: string }[]
  items: {
    object: string
    label: string
    actions: Record<Act, Record<string, string[]>>
    fields: Record<string, Record<string, Level>>
    denials: Record<string, Denial[]>
    differs: boolean
  }[]
}

export interface Reason {
  kind: string
  allows: boolean
  holds: boolean | null
  text: string
}

export interface Explained {
  allowed: boolean
  level: Level | null
  user: { id: string; name: string; roles: string[] }
  chain: Reason[]
}

export const roleDocs = {
  all: () =>
    queryOptions({
      queryKey: ["config", "role"],
      queryFn: async ({ signal }) =>
        (await ask<Page<StoredRole>>("GET", "/config/role", { signal })).items,
    }),
  versions: (key: string) =>
    queryOptions({
      queryKey: ["config", "role", key, "versions"],
      queryFn: async ({ signal }) =>
        (await ask<Page<RoleVersion>>("GET", `/config/role/${key}/versions`, { signal })).items,
    }),
  compared: (keys: readonly string[], differences = false) =>
    queryOptions({
      queryKey: ["access", "compare", keys, differences, languageNow()],
      queryFn: ({ signal }) =>
        ask<Compared>("GET", "/access/compare", {
          query: { roles: keys.join(","), differences: differences || undefined },
          signal,
        }),
    }),
}

export interface Question {
  user: string | undefined
  object: string
  record: string | undefined
  field: string | undefined
  action: string
}

export const access = {
  explained: (asked: Question) =>
    queryOptions({
      queryKey: ["access", "explain", asked, languageNow()],
      queryFn: ({ signal }) => ask<Explained>("POST", "/access/explain", { body: asked, signal }),
      retry: false,
      staleTime: 0,
    }),
  able: (asked: Question) =>
    queryOptions({
      queryKey: ["access", "who-can", asked, languageNow()],
      queryFn: async ({ signal }) => {
        const { object, record, action, field } = asked
        const query = { object, record, action, field }
        return (
          await ask<Page<{ user: { id: string; name: string }; reasons: string[] }>>(
            "GET",
            "/access/who-can",
            { query, signal },
          )
        ).items
      },
      retry: false,
      staleTime: 0,
    }),
}

/** Whatever tells of roles, and of what they let one see, is asked again. */
export async function rolesChanged(client: QueryClient): Promise<void> {
  await Promise.all(
    [["config", "role"], ["roles"], ["access"], ["me"], ["objects"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
}

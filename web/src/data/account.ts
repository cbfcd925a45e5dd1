/** Every question about how somebody signs in, about keys, logs and what waits for approval. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { ask } from "./client"
import type { Page } from "./recipes"

export interface Session {
  id: string
  created_at: string
  seen_at: string
  expires_at: string
  seen_ip: string
  way: string
  device: string
  current: boolean
}

export interface Factors {
  totp: { since: string } | null
  passkeys: number
  recovery_codes: number
  demanded: boolean
}

export interface Passkey {
  id: string
  name: string
  created_at: string
  used_at: string | null
}

export interface Provider {
  key: string
  label: string
  url: string
}

export interface Methods {
  password: boolean
  passkey: boolean
  providers: Provider[]
}

export interface SignInEntry {
  seq: number
  at: string
  user: { id: string | null; name: string } | null
  login: string
  way: string
  outcome: string
  ip: string
  agent: string
}

export interface ApiKey {
  id: string
  name: string
  prefix: string
  user: string
  scopes: string[] | null
  per_minute: number | null
  made_by: string | null
  created_at: string
  expires_at: string | null
  used_at: string | null
}

/** Whose: somebody's by id, or one's own. */
export type Whose = string | undefined

export const account = {
  sessions: (whose: Whose) =>
    queryOptions({
      queryKey: ["account", "sessions", whose ?? "me"],
      queryFn: async ({ signal }) => {
        const page = whose
          ? await ask<Page<Session>>("GET", `/users/${whose}/sessions`, { signal })
          : await ask<Page<Session>>("GET", "/me/sessions", { signal })
        return page.items
      },
    }),
  factors: (whose: Whose) =>
    queryOptions({
      queryKey: ["account", "factors", whose ?? "me"],
      queryFn: ({ signal }) =>
        whose
          ? ask<Factors>("GET", `/users/${whose}/second-factor`, { signal })
          : ask<Factors>("GET", "/me/second-factor", { signal }),
    }),
  passkeys: () =>
    queryOptions({
      queryKey: ["account", "passkeys"],
      queryFn: async ({ signal }) =>
        (await ask<Page<Passkey>>("GET", "/me/passkeys", { signal })).items,
    }),
  links: () =>
    queryOptions({
      queryKey: ["account", "providers"],
      queryFn: async ({ signal }) =>
        (
          await ask<Page<{ provider: string; linked_at?: string }>>("GET", "/me/providers", {
            signal,
          })
        ).items,
    }),
  signIns: () =>
    infiniteQueryOptions({
      queryKey: ["account", "sign-ins"],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<SignInEntry>>("GET", "/me/sign-ins", {
          query: { limit: 20, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  methods: () =>
    queryOptions({
      queryKey: ["account", "methods"],
      queryFn: ({ signal }) => ask<Methods>("GET", "/auth/methods", { signal }),
    }),
  keys: () =>
    infiniteQueryOptions({
      queryKey: ["account", "keys"],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<ApiKey>>("GET", "/api-keys", { query: { limit: 100, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
}

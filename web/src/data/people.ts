/** Every question about people, departments, roles and what they may do. */

import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query"
import { ask } from "./client"
import { languageNow } from "./preferences"
import type { Page, Person } from "./recipes"

const FOR_LONG = 5 * 60_000

export interface Absence {
  from: string
  until: string | null
  reason: string | null
  deputy: string | null
}

/** Somebody, as those who keep people see them. */
export interface User extends Person {
  number: string | null
  present: boolean
  login: string
  mobile: string | null
  email: string | null
  manager: string | null
  language: "zh" | "en"
  zone: string | null
  joined_on: string | null
  left_on: string | null
  must_change: boolean
  version: number
  absence: Absence | null
  roles: string[]
  departments: { id: string; name: string; main: boolean }[]
}

export interface Department {
  id: string
  name: string
  code: string | null
  parent: string | null
  head: string | null
  active: boolean
  depth: number
}

export interface Role {
  key: string
  label: string
  configure: boolean
  people: boolean
  audit: boolean
}

export interface UserFilter {
  search?: string
  active?: boolean
  absent?: boolean
  department?: string
  below?: boolean
  role?: string
  manager?: string
}

export const users = {
  pages: (filter: UserFilter) =>
    infiniteQueryOptions({
      queryKey: ["users", "pages", filter],
      queryFn: ({ signal, pageParam }) =>
        ask<Page<User>>("GET", "/users", {
          query: { ...filter, limit: 60, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
    }),
  /** Up to a thousand at once, for trees. */
  many: (filter: UserFilter) =>
    queryOptions({
      queryKey: ["users", "many", filter],
      queryFn: async ({ signal }) =>
        (await ask<Page<User>>("GET", "/users", { query: { ...filter, limit: 1000 }, signal }))
          .items,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ["users", "one", id],
      queryFn: ({ signal }) => ask<User>("GET", `/users/${id}`, { signal }),
    }),
}

export const departments = () =>
  queryOptions({
    queryKey: ["departments"],
    queryFn: async ({ signal }) =>
      (await ask<Page<Department>>("GET", "/departments", { signal })).items,
    staleTime: FOR_LONG,
  })

export const roles = () =>
  queryOptions({
    queryKey: ["roles", languageNow()],
    queryFn: async ({ signal }) => (await ask<Page<Role>>("GET", "/roles", { signal })).items,
    staleTime: FOR_LONG,
  })

/** Whatever tells of people is asked again. */
export async function peopleChanged(client: QueryClient): Promise<void> {
  await Promise.all(
    [["users"], ["people"], ["departments"], ["me"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
}

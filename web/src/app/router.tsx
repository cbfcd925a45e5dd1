/** Which address shows which page. Addresses hold the state of a page, so that a link is a page. */

import type { QueryClient } from "@tanstack/react-query"
import { createRoute, createRouter, redirect } from "@tanstack/react-router"
import { SignIn } from "../features/sign_in/SignIn"
import { deskPages } from "./routes/desk"
import { desk, inside, root, workshop } from "./routes/inside"
import { mePage } from "./routes/me"
import { workshopPages } from "./routes/workshop"
import { Missing } from "./Shell"

const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/desk" })
  },
})

interface SignInSearch {
  /** Where to go afterwards; `next` as an identity provider brings it back. */
  to?: string
  next?: string
  /** What is missing of a sign-in by an identity provider, or what was wrong with it. */
  needed?: string
  problem?: string
}

function ours(path: unknown): string | undefined {
  return typeof path === "string" && /^\/(desk|workshop|me)\b/.test(path) ? path : undefined
}

function word(given: unknown): string | undefined {
  return typeof given === "string" && /^\w{1,60}$/.test(given) ? given : undefined
}

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    to: ours(search.to),
    next: ours(search.next),
    needed: word(search.needed),
    problem: word(search.problem),
  }),
  component: SignIn,
})

const tree = root.addChildren([
  index,
  signIn,
  inside.addChildren([mePage, desk.addChildren(deskPages), workshop.addChildren(workshopPages)]),
])

export function routerFor(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: Missing,
    scrollRestoration: true,
  })
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof routerFor>
  }
}

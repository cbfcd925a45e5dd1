/** Which address shows which page. Addresses hold the state of a page, so that a link is a page. */

import type { QueryClient } from "@tanstack/react-query"
import { createRoute, createRouter, redirect } from "@tanstack/react-router"
import { SignIn } from "../features/sign_in/SignIn"
import { deskPages } from "./routes/desk"
import { desk, inside, root, workshop } from "./routes/inside"
import { workshopPages } from "./routes/workshop"
import { Missing } from "./Shell"

const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/desk" })
  },
})

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } => ({
    to:
      typeof search.to === "string" && /^\/(desk|workshop|me)\b/.test(search.to)
        ? search.to
        : undefined,
  }),
  component: SignIn,
})

const tree = root.addChildren([
  index,
  signIn,
  inside.addChildren([desk.addChildren(deskPages), workshop.addChildren(workshopPages)]),
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

/** Which address shows which page. Addresses hold the state of a page, so that a link is a page. */

import type { QueryClient } from "@tanstack/react-query"
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router"
import { Fault } from "../data/fault"
import { catalog, me } from "../data/recipes"
import { listSearch } from "../features/list/search"
import { SignIn } from "../features/sign_in/SignIn"
import { Broken } from "./Broken"
import { Missing, Shell } from "./Shell"

interface Context {
  client: QueryClient
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, errorComponent: Broken })

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
    to: typeof search.to === "string" && search.to.startsWith("/desk") ? search.to : undefined,
  }),
  component: SignIn,
})

const desk = createRoute({
  getParentRoute: () => root,
  path: "/desk",
  component: Shell,
  notFoundComponent: Missing,
  beforeLoad: async ({ context, location }) => {
    try {
      const who = await context.client.ensureQueryData(me())
      if (who.first) throw redirect({ to: "/sign-in", search: { to: location.href } })
      await context.client.ensureQueryData(catalog())
    } catch (error) {
      if (error instanceof Fault && (error.status === 401 || error.status === 403))
        throw redirect({ to: "/sign-in", search: { to: location.href } })
      throw error
    }
  },
})

const home = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("../features/home/Home"), "Home"),
})

export const list = createRoute({
  getParentRoute: () => desk,
  path: "/$object",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("../features/list/ListPage"), "ListPage"),
})

export const record = createRoute({
  getParentRoute: () => desk,
  path: "/$object/$id",
  component: lazyRouteComponent(() => import("../features/record/RecordPage"), "RecordPage"),
})

const importing = createRoute({
  getParentRoute: () => desk,
  path: "/$object/import",
  component: lazyRouteComponent(() => import("../features/importing/ImportPage"), "ImportPage"),
})

const tree = root.addChildren([index, signIn, desk.addChildren([home, list, importing, record])])

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

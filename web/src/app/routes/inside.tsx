/** The frames that pages are shown in: nobody is inside who has not signed in. */

import type { QueryClient } from "@tanstack/react-query"
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from "@tanstack/react-router"
import { Fault } from "../../data/fault"
import { catalog, me } from "../../data/recipes"
import { SECTIONS } from "../../kernel/sections"
import { Broken } from "../Broken"
import { Missing, Shell } from "../Shell"

interface Context {
  client: QueryClient
}

export const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: Broken,
})

export const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  notFoundComponent: Missing,
  beforeLoad: async ({ context, location }) => {
    try {
      // Both are needed, and neither waits for the other.
      void context.client.prefetchQuery(catalog())
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

export const desk = createRoute({ getParentRoute: () => inside, path: "/desk" })

export const workshop = createRoute({
  getParentRoute: () => inside,
  path: "/workshop",
  // A part one has no use for is as little there by its address as it is in the side list.
  beforeLoad: async ({ context, location }) => {
    const who = await context.client.ensureQueryData(me())
    const known = await context.client.ensureQueryData(catalog())
    const part = SECTIONS.find((one) => location.pathname.split("/")[2] === one.to)
    if (part && !part.shown(who, known)) throw notFound()
  },
  component: lazyRouteComponent(() => import("../../features/workshop/Workshop"), "Workshop"),
})

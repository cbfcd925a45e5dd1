/** The pages where data are put in order: duplicates, and how good the records are. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { duplicatesSearch } from "../../../features/workshop/duplicates/search"
import { workshop } from "../inside"

const duplicates = createRoute({
  getParentRoute: () => workshop,
  path: "/duplicates",
  validateSearch: duplicatesSearch,
  component: lazyRouteComponent(
    () => import("../../../features/workshop/duplicates/DuplicatesPage"),
    "DuplicatesPage",
  ),
})

const health = createRoute({
  getParentRoute: () => workshop,
  path: "/health",
  validateSearch: (given: Record<string, unknown>): { object?: string } => ({
    object: typeof given.object === "string" && given.object !== "" ? given.object : undefined,
  }),
  component: lazyRouteComponent(
    () => import("../../../features/workshop/health/HealthPage"),
    "HealthPage",
  ),
})

export const dataPages = [duplicates, health] as const

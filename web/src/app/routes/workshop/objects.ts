/** The pages where objects, formulas and apps are built. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { designerSearch } from "../../../features/workshop/objects/search"
import { workshop } from "../inside"

const objects = createRoute({
  getParentRoute: () => workshop,
  path: "/objects",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/objects/ObjectsPage"),
    "ObjectsPage",
  ),
})

const designer = createRoute({
  getParentRoute: () => workshop,
  path: "/objects/$key",
  validateSearch: designerSearch,
  component: lazyRouteComponent(
    () => import("../../../features/workshop/objects/DesignerPage"),
    "DesignerPage",
  ),
})

const apps = createRoute({
  getParentRoute: () => workshop,
  path: "/apps",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/apps/AppsPage"),
    "AppsPage",
  ),
})

export const objectPages = [objects, designer, apps] as const

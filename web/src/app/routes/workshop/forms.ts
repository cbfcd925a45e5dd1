/** The pages where forms, views and record pages are designed. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { workshop } from "../inside"

const forms = createRoute({
  getParentRoute: () => workshop,
  path: "/forms",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/forms/FormsPage"),
    "FormsPage",
  ),
})

const form = createRoute({
  getParentRoute: () => workshop,
  path: "/forms/$key",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/forms/FormDesignerPage"),
    "FormDesignerPage",
  ),
})

const views = createRoute({
  getParentRoute: () => workshop,
  path: "/views",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/views/ViewsPage"),
    "ViewsPage",
  ),
})

const view = createRoute({
  getParentRoute: () => workshop,
  path: "/views/$key",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/views/ViewDesignerPage"),
    "ViewDesignerPage",
  ),
})

const pages = createRoute({
  getParentRoute: () => workshop,
  path: "/pages",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/pages/PagesPage"),
    "PagesPage",
  ),
})

const page = createRoute({
  getParentRoute: () => workshop,
  path: "/pages/$key",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/pages/PageDesignerPage"),
    "PageDesignerPage",
  ),
})

export const formPages = [forms, form, views, view, pages, page] as const

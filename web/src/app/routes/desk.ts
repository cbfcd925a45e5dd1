/** The pages of the daily desk. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { views } from "../../data/recipes"
import { importSearch } from "../../features/importing/search"
import { listSearch } from "../../features/list/search"
import { desk } from "./inside"

const home = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("../../features/home/Home"), "Home"),
})

export const list = createRoute({
  getParentRoute: () => desk,
  path: "/$object",
  validateSearch: listSearch,
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(views.of(params.object))
  },
  component: lazyRouteComponent(() => import("../ListPlace"), "ListPlace"),
})

export const record = createRoute({
  getParentRoute: () => desk,
  path: "/$object/$id",
  component: lazyRouteComponent(() => import("../../features/record/RecordPage"), "RecordPage"),
})

const importing = createRoute({
  getParentRoute: () => desk,
  path: "/$object/import",
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import("../../features/importing/ImportPage"), "ImportPage"),
})

export const deskPages = [home, list, importing, record] as const

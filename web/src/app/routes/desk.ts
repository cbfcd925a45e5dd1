/** The pages of the daily desk. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { catalog, records, views } from "../../data/recipes"
import { importSearch } from "../../features/importing/search"
import { listSearch } from "../../features/list/search"
import { askedOf } from "../../features/list/state"
import { narrowNow } from "../../ui/narrow"
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
  // The page waits for nothing once it is shown: what it would ask for is on its way by then.
  loader: async ({ context: { client }, params, location }) => {
    const [known, saved] = await Promise.all([
      client.ensureQueryData(catalog()),
      client.ensureQueryData(views.of(params.object)).catch(() => []),
    ])
    const object = known.object(params.object)
    const search = listSearch(location.search)
    if (!object?.may.read || search.layout || search.group) return
    const { query, selected: select } = askedOf(known, object, saved, search)
    const asked = { ...query, select }
    if (narrowNow()) void client.prefetchInfiniteQuery(records.pages(object.key, asked))
    else void client.prefetchQuery(records.piece(object.key, asked, 0))
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

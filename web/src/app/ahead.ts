/** What the first page will ask for anyway, asked before anything is drawn. */

import type { QueryClient } from "@tanstack/react-query"
import { catalog, me, views } from "../data/recipes"

export function askAhead(client: QueryClient, path: string): void {
  const [place, object, more] = path.split("/").slice(1)
  if (place !== "desk" && place !== "workshop" && place !== "me") return
  void client.prefetchQuery(me())
  void client.prefetchQuery(catalog())
  if (place !== "desk" || !object || more) return
  void client.prefetchQuery(views.of(object))
  void import("./ListPlace")
}

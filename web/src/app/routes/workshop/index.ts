/** The pages of the workshop. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { workshop } from "../inside"
import { dataPages } from "./data"
import { formPages } from "./forms"
import { objectPages } from "./objects"
import { peoplePages } from "./people"

const start = createRoute({
  getParentRoute: () => workshop,
  path: "/",
  component: lazyRouteComponent(() => import("../../../features/workshop/Start"), "Start"),
})

export const workshopPages = [
  start,
  ...objectPages,
  ...formPages,
  ...peoplePages,
  ...dataPages,
] as const

/** The page of one's own account. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { meSearch } from "../../features/me/search"
import { inside } from "./inside"

export const mePage = createRoute({
  getParentRoute: () => inside,
  path: "/me",
  validateSearch: meSearch,
  component: lazyRouteComponent(() => import("../../features/me/MePage"), "MePage"),
})

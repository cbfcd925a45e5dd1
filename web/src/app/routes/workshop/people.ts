/** The pages of users, departments, roles, keys and logs. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { peopleSearch } from "../../../features/workshop/people/search"
import { workshop } from "../inside"

const people = createRoute({
  getParentRoute: () => workshop,
  path: "/people",
  validateSearch: peopleSearch,
  component: lazyRouteComponent(
    () => import("../../../features/workshop/people/PeoplePage"),
    "PeoplePage",
  ),
})

export const peoplePages = [people] as const

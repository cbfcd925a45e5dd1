/** The pages of users, departments, roles, keys and logs. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { logsSearch } from "../../../features/workshop/logs/search"
import { peopleSearch } from "../../../features/workshop/people/search"
import { rolesSearch } from "../../../features/workshop/roles/search"
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

const roles = createRoute({
  getParentRoute: () => workshop,
  path: "/roles",
  validateSearch: rolesSearch,
  component: lazyRouteComponent(
    () => import("../../../features/workshop/roles/RolesPage"),
    "RolesPage",
  ),
})

const role = createRoute({
  getParentRoute: () => workshop,
  path: "/roles/$key",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/roles/RolePage"),
    "RolePage",
  ),
})

const keys = createRoute({
  getParentRoute: () => workshop,
  path: "/keys",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/keys/KeysPage"),
    "KeysPage",
  ),
})

const approvals = createRoute({
  getParentRoute: () => workshop,
  path: "/approvals",
  component: lazyRouteComponent(
    () => import("../../../features/workshop/approvals/ApprovalsPage"),
    "ApprovalsPage",
  ),
})

const logs = createRoute({
  getParentRoute: () => workshop,
  path: "/logs",
  validateSearch: logsSearch,
  component: lazyRouteComponent(
    () => import("../../../features/workshop/logs/LogsPage"),
    "LogsPage",
  ),
})

export const peoplePages = [people, roles, role, keys, approvals, logs] as const

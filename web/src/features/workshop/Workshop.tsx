import { Outlet } from "@tanstack/react-router"

/** The frame of the workshop's pages; the side list beside it names its parts. */
export function Workshop() {
  return <Outlet />
}

import type { workshop as zh } from "../zh/workshop"

/** The words of the frame of the workshop. */
export const workshop: Record<keyof typeof zh, string> = {
  "workshop.title": "Workshop",
  "workshop.hint": "Build your own system, without code.",
  "workshop.group.build": "Build",
  "workshop.group.people": "People and permissions",
  "workshop.group.data": "Data",
}

import type { deskMore as zh } from "../zh/desk_more"

/** More words of the desk: calendar, gallery, notifications, keys. */
export const deskMore: Record<keyof typeof zh, string> = {
  "help.title": "Keyboard shortcuts",
}

/** More words of the desk: calendar, gallery, notifications, keys. */
export const deskMore = {
  "help.title": "快捷键",
} as const

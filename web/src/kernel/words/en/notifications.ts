import type { notifications as zh } from "../zh/notifications"

export const notifications: Record<keyof typeof zh, string> = {
  "bell.title": "Notifications",
  "bell.unread": "Notifications, {n} unread",
  "bell.all": "Mark all as read",
  "bell.one": "Mark as read",
  "bell.more": "Earlier ones",
  "bell.settings": "What I am told of",
  "bell.none": "No notifications yet",
  "bell.none.hint":
    "When somebody gives you a record or mentions you, or an import of yours is done, it is told here.",
  "bell.now": "just now",
  "me.tab.notifications": "Notifications",
  "me.told": "What I am told of",
  "me.told.hint": "A kind that is off is not told of any more; what was told stays.",
}

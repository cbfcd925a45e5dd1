/** Words of the bell, its lines, and what one wants to be told of. */
export const notifications = {
  "bell.title": "通知",
  "bell.unread": "通知，{n} 条未读",
  "bell.all": "全部标为已读",
  "bell.one": "标为已读",
  "bell.more": "更早的通知",
  "bell.settings": "通知设置",
  "bell.none": "还没有通知",
  "bell.none.hint": "有人把记录转给您、提到您，或您的导入完成时，会显示在这里。",
  "bell.now": "刚刚",
  "me.tab.notifications": "通知",
  "me.told": "通知我的事情",
  "me.told.hint": "关掉的种类不再产生新的通知，已有的不受影响。",
} as const

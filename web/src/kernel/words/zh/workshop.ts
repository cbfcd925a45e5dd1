/** The words of the frame of the workshop. */
export const workshop = {
  "workshop.title": "搭建",
  "workshop.hint": "不写代码,搭出自己的系统。",
  "workshop.group.build": "搭建",
  "workshop.group.people": "人员与权限",
  "workshop.group.data": "数据",
} as const

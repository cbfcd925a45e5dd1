/** The words of roles, and of why somebody may see something. */
export const access = {
  "roles.title": "角色与权限",
  "roles.hint": "谁对哪些记录、哪些字段能做什么;对比、还原、查原因。",
} as const

import type { access as zh } from "../zh/access"

/** The words of roles, and of why somebody may see something. */
export const access: Record<keyof typeof zh, string> = {
  "roles.title": "Roles and permissions",
  "roles.hint": "Who may do what with which records and fields; compare, restore, ask why.",
}

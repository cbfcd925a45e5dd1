/** The state of the page of roles, as its address holds it. */

export const TABS = ["roles", "compare", "why"] as const
export type RolesTab = (typeof TABS)[number]

export interface RolesSearch {
  tab?: RolesTab
  /** The roles that are compared. */
  a?: string
  b?: string
  /** What is asked about. */
  user?: string
  object?: string
  record?: string
  field?: string
  action?: string
}

export function rolesSearch(given: Record<string, unknown>): RolesSearch {
  const text = (one: unknown) => (typeof one === "string" && one !== "" ? one : undefined)
  return {
    tab: TABS.find((one) => one === given.tab),
    a: text(given.a),
    b: text(given.b),
    user: text(given.user),
    object: text(given.object),
    record: text(given.record),
    field: text(given.field),
    action: text(given.action),
  }
}

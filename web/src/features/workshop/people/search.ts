/** The state of the page of people, as its address holds it. */

export const TABS = ["users", "departments", "reporting", "handovers"] as const
const STATES = ["active", "absent", "gone"] as const

export type PeopleTab = (typeof TABS)[number]
export type UserState = (typeof STATES)[number]

export interface PeopleSearch {
  tab?: PeopleTab
  search?: string
  state?: UserState
  department?: string
  role?: string
  /** The user, department or hand-over that is open. */
  open?: string
}

export function peopleSearch(given: Record<string, unknown>): PeopleSearch {
  const text = (one: unknown) => (typeof one === "string" && one !== "" ? one : undefined)
  return {
    tab: TABS.find((one) => one === given.tab),
    search: given.search === undefined ? undefined : text(String(given.search)),
    state: STATES.find((one) => one === given.state),
    department: text(given.department),
    role: text(given.role),
    open: text(given.open),
  }
}

/** What the server is asked for a state; somebody who is absent is here all the same. */
export function stateAsked(state: UserState | undefined): { active?: boolean; absent?: boolean } {
  switch (state) {
    case undefined:
      return {}
    case "active":
      return { active: true }
    case "absent":
      return { absent: true }
    case "gone":
      return { active: false }
  }
}

export function stateOf(user: { active: boolean; present?: boolean }): UserState {
  if (!user.active) return "gone"
  return user.present === false ? "absent" : "active"
}

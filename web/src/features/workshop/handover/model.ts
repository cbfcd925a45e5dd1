/** A hand-over as it is put together, and as the API takes it. */

export type Way = "none" | "user" | "users" | "manager" | "pool"

export interface Named {
  id: string
  name: string
}

/** To whom something goes, with the names that are shown meanwhile. */
export interface Choice {
  way: Way
  people: Named[]
  pool: string | null
}

export interface Rule {
  id: number
  where: string
  to: Choice
}

export interface Someone {
  way: "none" | "user" | "manager"
  person: Named | null
}

export interface Draft {
  others: Choice
  /** The rules of those objects that have their own, by the key of the lot. */
  objects: Record<string, Rule[]>
  teams: Someone
  reports: Someone
  departments: Someone
  views: Someone
  disable: boolean
  reason: string
}

export interface Target {
  user?: string
  users?: string[]
  manager?: true
  pool?: string
}

export const NOWHERE: Choice = { way: "none", people: [], pool: null }
export const NOBODY: Someone = { way: "none", person: null }

export function drafted(hasManager: boolean, disable: boolean): Draft {
  const to: Someone = hasManager ? { way: "manager", person: null } : NOBODY
  return {
    others: hasManager ? { ...NOWHERE, way: "manager" } : { ...NOWHERE, way: "user" },
    objects: {},
    teams: to,
    reports: to,
    departments: to,
    views: to,
    disable,
    reason: "",
  }
}

/** A target as the API takes it; what is not finished yet is none. */
export function target(choice: Choice): Target | undefined {
  switch (choice.way) {
    case "none":
      return undefined
    case "user":
      return choice.people[0] ? { user: choice.people[0].id } : undefined
    case "users":
      return choice.people.length > 0 ? { users: choice.people.map((one) => one.id) } : undefined
    case "manager":
      return { manager: true }
    case "pool":
      return choice.pool ? { pool: choice.pool } : undefined
  }
}

function someone(given: Someone): { user: string } | { manager: true } | undefined {
  if (given.way === "manager") return { manager: true }
  return given.way === "user" && given.person ? { user: given.person.id } : undefined
}

/** Whether something was begun that says nobody yet. */
export function unfinished(draft: Draft): boolean {
  const open = (one: Choice) => one.way !== "none" && !target(one)
  const rules = Object.values(draft.objects).flat()
  return (
    open(draft.others) ||
    rules.some((one) => open(one.to)) ||
    [draft.teams, draft.reports, draft.departments, draft.views].some(
      (one) => one.way === "user" && !one.person,
    )
  )
}

/** The whole plan as the API takes it. */
export function planned(draft: Draft): Record<string, unknown> {
  const objects = Object.fromEntries(
    Object.entries(draft.objects)
      .map(([key, rules]) => [
        key,
        rules.flatMap((one) => {
          const to = target(one.to)
          return to ? [{ ...(one.where.trim() ? { where: one.where.trim() } : {}), to }] : []
        }),
      ])
      .filter(([, rules]) => rules?.length),
  )
  return Object.fromEntries(
    Object.entries({
      objects,
      others: target(draft.others),
      teams: someone(draft.teams),
      reports: someone(draft.reports),
      departments: someone(draft.departments),
      views: someone(draft.views),
      disable: draft.disable,
      reason: draft.reason,
    }).filter(([, one]) => one !== undefined),
  )
}

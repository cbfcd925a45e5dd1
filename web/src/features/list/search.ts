/** What an address says of a list: the whole state of the page. */

export type Whose = "all" | "mine" | "team" | "below"
export type Layout = "table" | "board"

export interface ListSearch {
  view?: string
  whose?: Whose
  where?: string
  q?: string
  order?: string
  columns?: string
  layout?: Layout
  by?: string
}

const WHOSE: Whose[] = ["all", "mine", "team", "below"]

export function listSearch(given: Record<string, unknown>): ListSearch {
  const text = (name: string) => {
    const value = given[name]
    return typeof value === "string" && value !== "" ? value : undefined
  }
  const whose = WHOSE.find((one) => one === given.whose)
  return {
    view: text("view"),
    whose: whose === "all" ? undefined : whose,
    where: text("where"),
    q: text("q"),
    order: text("order"),
    columns: text("columns"),
    layout: given.layout === "board" ? "board" : undefined,
    by: text("by"),
  }
}

export const WHOSE_IS: Record<Whose, string> = {
  all: "",
  mine: "owner = ME()",
  team: "IN_TEAM()",
  below: "owner in MY_SUBORDINATES()",
}

/** One condition out of several; each keeps its own meaning. */
export function allOf(...conditions: (string | null | undefined)[]): string | undefined {
  const given = conditions.filter((one): one is string => Boolean(one?.trim()))
  if (given.length < 2) return given[0]
  return given.map((one) => `(${one})`).join(" and ")
}

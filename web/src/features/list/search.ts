/** What an address says of a list: the whole state of the page. */

import type { FieldMeta, ObjectMeta } from "../../kernel/meta"

export type Whose = "all" | "mine" | "team" | "below"
export type Layout = "table" | "board" | "calendar" | "gallery"

export interface ListSearch {
  view?: string
  whose?: Whose
  where?: string
  q?: string
  order?: string
  columns?: string
  /** The columns that stay in sight; the title always does. */
  pinned?: string
  layout?: Layout
  by?: string
  /** What lines are grouped by: `created_at by month`; `-` is by nothing, whatever the view says. */
  group?: string
  /** In which order groups stand: `-count`. */
  groups?: string
  /** What is summed of every group: `SUM(amount),AVG(amount)`; `-` is nothing. */
  sums?: string
  /** The record that lies open beside the list. */
  peek?: string
  /** Whether the list is of what lies in the recycle bin. */
  bin?: true
}

const LAYOUTS: Layout[] = ["board", "calendar", "gallery"]
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
    pinned: text("pinned"),
    layout: LAYOUTS.find((one) => one === given.layout),
    by: text("by"),
    group: text("group"),
    groups: text("groups"),
    sums: text("sums"),
    peek: text("peek"),
    bin: given.bin === true ? true : undefined,
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

/** The days a calendar can show, those people gave first. */
export function datesOf(object: ObjectMeta): FieldMeta[] {
  const dates = object.fields.filter(
    (one) =>
      (one.type === "date" || one.type === "datetime") &&
      one.level !== "masked" &&
      one.key !== "deleted_at" &&
      one.ordered,
  )
  return [...dates.filter((one) => !one.system), ...dates.filter((one) => one.system)]
}

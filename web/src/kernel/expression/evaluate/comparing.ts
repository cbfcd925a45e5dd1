/** Periods, parts of texts and items of lists: comparisons that are more than same or in order. */

import { midnight } from "./days"
import { type Held, keys, textOf, Unknown } from "./values"

export function within(
  op: string,
  one: Held,
  stretch: { from: number; to: number; clock: boolean },
  zone: number,
): boolean {
  if (one === null) return op === "!=" || op === "not in"
  if (one.is !== "day" && one.is !== "moment") throw new Unknown()
  const point = (at: number) => (stretch.clock || one.is === "day" ? at : midnight(at, zone))
  const at = one.is === "day" ? one.day : one.moment
  const [from, to] = [point(stretch.from), point(stretch.to)]
  const inside = stretch.clock ? at >= from && at <= to : at >= from && at < to
  switch (op) {
    case "=":
    case "in":
      return inside
    case "!=":
    case "not in":
      return !inside
    case "<":
      return at < from
    case ">=":
      return at >= from
    case "<=":
      return at < to
    case ">":
      return at >= to
  }
  throw new Unknown()
}

export function matches(op: string, one: Held, other: Held, zone: number): boolean {
  const said = textOf(one, zone)?.toLowerCase()
  const part = textOf(other, zone)?.toLowerCase()
  if (said === undefined || part === undefined) return false
  if (op === "contains") return said.includes(part)
  return op === "starts with" ? said.startsWith(part) : said.endsWith(part)
}

export function has(op: string, one: Held, other: Held, zone: number): boolean {
  if (one === null || other === null) return op === "has all" && one !== null && other === null
  if (one.is !== "list") throw new Unknown()
  const wanted =
    other.is === "list"
      ? keys(other, one)
      : keys({ is: "list", items: [textOf(other, zone) ?? ""] }, one)
  const there = (item: string) => one.items.includes(item)
  return op === "has all" ? wanted.every(there) : wanted.some(there)
}

/** What aggregates make of the values of related records. */

import { divided, plus, whole } from "./decimal"
import { type Held, list, number, ranked, textOf } from "./values"

/** What they give where there are no records at all. */
export const NONE: Record<string, Held> = { EXISTS: { is: "boolean", truth: false } }

type Filled = Exclude<Held, null>

export function aggregated(name: string, held: Filled[], zone: number): Held {
  const [first = null] = held
  const timed = first?.is === "day" || first?.is === "moment"
  const best = (sign: 1 | -1) =>
    held.reduce<Held>(
      (found, one) => (found === null || ranked(one, found) * sign > 0 ? one : found),
      null,
    )
  switch (name) {
    case "COUNT":
      return number(whole(held.length))
    case "LIST":
      return list(held.flatMap((one) => textOf(one, zone) ?? []))
    case "MIN":
      return best(-1)
    case "MAX":
      return best(1)
    case "FIRST":
      return timed ? best(-1) : first
    case "LATEST":
      return timed ? best(1) : (held.at(-1) ?? null)
  }
  const total = held.reduce(
    (sum, one) => (one.is === "number" ? plus(sum, one.number) : sum),
    whole(0),
  )
  if (name === "SUM") return number(total)
  return held.length ? number(divided(total, whole(held.length))) : null
}

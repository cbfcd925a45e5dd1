/** The functions that need nothing but their arguments; the others are told in `evaluate.ts`. */

import { duration } from "../periods"
import {
  dayAt, dayFrom, later, midnight, monthsBetween, parts, read, spanOf, startOf, week, weekday,
  workdays,
} from "./days" // biome-ignore format: a list
import {
  type Decimal, decimal, floored, negative, powered, remainder, root, rounded, toNumber, whole,
} from "./decimal" // biome-ignore format: a list
import { type Held, number, ranked, text, textOf, Unknown } from "./values"

type Made = (args: Held[], zone: number) => Held

export const FUNCTIONS: Record<string, Made> = {
  ABS: ([one]) => numeric(one, (n) => (n.digits < 0n ? negative(n) : n)),
  ROUND: ([one, digits]) => numeric(one, (n) => rounded(n, figure(digits) ?? 0)),
  FLOOR: ([one]) => numeric(one, floored),
  CEIL: ([one]) => numeric(one, (n) => negative(floored(negative(n)))),
  POWER: ([one, two]) =>
    numeric(one, (n) => (two?.is === "number" ? powered(n, two.number) : null)),
  SQRT: ([one]) => numeric(one, root),
  MOD: ([one, two]) =>
    numeric(one, (n) => (two?.is === "number" ? remainder(n, two.number) : null)),
  MIN2: (args) => least(args, -1),
  MAX2: (args) => least(args, 1),
  LEN: ([one = null], zone) => number(whole(letters(textOf(one, zone) ?? "").length)),
  LEFT: ([one = null, count], zone) =>
    worded(one, zone, (said) => letters(said).slice(0, cut(count)).join("")),
  RIGHT: ([one = null, count], zone) =>
    worded(one, zone, (said) => {
      const all = letters(said)
      return all.slice(Math.max(0, all.length - cut(count))).join("")
    }),
  MID: ([one = null, start, count], zone) =>
    worded(one, zone, (said) => {
      const from = cut(start) - 1
      return letters(said)
        .slice(Math.max(0, from), Math.max(0, from + cut(count)))
        .join("")
    }),
  TRIM: ([one = null], zone) =>
    worded(one, zone, (said) =>
      said.replace(/^[ \t\n\r\u3000\u00a0]+|[ \t\n\r\u3000\u00a0]+$/g, ""),
    ),
  UPPER: ([one = null], zone) => worded(one, zone, (said) => said.toUpperCase()),
  LOWER: ([one = null], zone) => worded(one, zone, (said) => said.toLowerCase()),
  REPLACE: ([one = null, old = null, fresh = null], zone) =>
    worded(one, zone, (said) => {
      const part = textOf(old, zone)
      return part === null ? said : said.split(part).join(textOf(fresh, zone) ?? "")
    }),
  CONCAT: (args, zone) => text(args.map((one) => textOf(one, zone) ?? "").join("")),
  FIND: ([part = null, one = null], zone) => {
    const [wanted, said] = [textOf(part, zone), textOf(one, zone)]
    if (wanted === null || said === null || !said.includes(wanted)) return null
    return number(whole(letters(said.slice(0, said.indexOf(wanted))).length + 1))
  },
  MASK: ([one = null, first, last], zone) =>
    worded(one, zone, (said) => {
      const all = letters(said)
      const [front, back] = [figure(first) ?? 3, figure(last) ?? 4]
      if (all.length <= front + back) return "*".repeat(all.length)
      const hidden = "*".repeat(all.length - front - back)
      return all.slice(0, front).join("") + hidden + all.slice(all.length - back).join("")
    }),
  DATE: (args, zone) => {
    if (args.length === 1) {
      const [one = null] = args
      const found = one?.is === "text" ? day({ ...one }, zone) : day(one, zone)
      return found === undefined ? null : { is: "day", day: found }
    }
    const [year, month, date] = args.map((one) => figure(one))
    if (year === undefined || month === undefined || date === undefined) return null
    const found = dayFrom(year, month, date)
    return found === undefined ? null : { is: "day", day: found }
  },
  DATEADD: ([one = null, amount, unit], zone) => {
    const count = figure(amount)
    const span = count === undefined ? undefined : spanOf(count, unitOf(unit))
    const at = timed(one, zone)
    if (!span || !at || Math.abs(span.months) > 120_000 || Math.abs(span.ms) > 4e14) return null
    if (at.is === "day" && !/hour|minute/.test(unitOf(unit)))
      return { is: "day", day: later(at.day, span, 1) }
    const moment = at.is === "day" ? midnight(at.day, zone) : at.moment
    const date = dayAt(moment, zone)
    const clock = moment - midnight(date, zone)
    const moved = later(date, { months: span.months, ms: 0 }, 1)
    return { is: "moment", moment: midnight(moved, zone) + clock + span.ms }
  },
  DATEDIFF: ([first = null, last = null, unit], zone) => {
    const word = unit ? unitOf(unit) : "day"
    if (word === "hour" || word === "minute") {
      const [from, to] = [moment(first, zone), moment(last, zone)]
      if (from === undefined || to === undefined) return null
      return number(whole((to - from) / (word === "hour" ? 3_600_000 : 60_000)))
    }
    const [from, to] = [day(first, zone), day(last, zone)]
    if (from === undefined || to === undefined) return null
    const months = () => monthsBetween(from, to)
    const found: Record<string, () => number> = {
      day: () => to - from,
      week: () => (to - from) / 7,
      month: months,
      quarter: () => months() / 3,
      year: () => months() / 12,
    }
    const made = found[word]
    return made ? number(whole(made())) : null
  },
  YEAR: ([one], zone) => dated(one, zone, (at) => parts(at).year),
  MONTH: ([one], zone) => dated(one, zone, (at) => parts(at).month),
  QUARTER: ([one], zone) => dated(one, zone, (at) => Math.ceil(parts(at).month / 3)),
  WEEK: ([one], zone) => dated(one, zone, week),
  WEEKDAY: ([one], zone) => dated(one, zone, weekday),
  DATE_TRUNC: ([one = null, unit], zone) => {
    const at = timed(one, zone)
    const start = at && startOf(at.is === "day" ? at.day : dayAt(at.moment, zone), unitOf(unit))
    if (start === undefined || !at) return null
    return at.is === "day"
      ? { is: "day", day: start }
      : { is: "moment", moment: midnight(start, zone) }
  },
  WORKDAYS: ([first = null, last = null], zone) => {
    const [from, to] = [day(first, zone), day(last, zone)]
    return from === undefined || to === undefined ? null : number(whole(workdays(from, to)))
  },
}

function letters(said: string): string[] {
  return [...said]
}

function figure(one: Held | undefined): number | undefined {
  if (one?.is === "text") return figure(number(decimal(one.text)))
  return one?.is === "number" ? Math.trunc(toNumber(one.number)) : undefined
}

function cut(one: Held | undefined): number {
  return Math.max(0, Math.min(figure(one) ?? 0, 1_000_000))
}

function numeric(one: Held | undefined, make: (n: Decimal) => Decimal | null): Held {
  if (one === null || one === undefined) return null
  if (one.is === "text") return numeric(number(decimal(one.text)), make)
  if (one.is !== "number") throw new Unknown()
  return number(make(one.number))
}

function worded(one: Held, zone: number, make: (said: string) => string): Held {
  const said = textOf(one, zone)
  return said === null ? null : text(make(said))
}

function least(args: Held[], sign: 1 | -1): Held {
  const filled = args.filter((one) => one !== null)
  return filled.reduce<Held>(
    (best, one) => (best === null || ranked(one, best) * sign > 0 ? one : best),
    null,
  )
}

function timed(one: Held, zone: number): Extract<Held, { is: "day" | "moment" }> | undefined {
  if (one?.is === "day" || one?.is === "moment") return one
  if (one?.is !== "text") return undefined
  const found = read(one.text, zone)
  if (!found) return undefined
  return "day" in found ? { is: "day", day: found.day } : { is: "moment", moment: found.moment }
}

function day(one: Held, zone: number): number | undefined {
  const at = timed(one, zone)
  return at && (at.is === "day" ? at.day : dayAt(at.moment, zone))
}

function moment(one: Held, zone: number): number | undefined {
  const at = timed(one, zone)
  return at && (at.is === "day" ? midnight(at.day, zone) : at.moment)
}

function dated(one: Held | undefined, zone: number, make: (at: number) => number): Held {
  const at = day(one ?? null, zone)
  return at === undefined ? null : number(whole(make(at)))
}

/** A unit in either language and any number, by the word the language prints. */
function unitOf(one: Held | undefined): string {
  const said = one?.is === "text" ? one.text : ""
  return (duration(`2 ${said}`) ?? "").replace(/^2 |s$/g, "")
}

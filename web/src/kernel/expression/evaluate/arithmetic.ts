/** `+ - * / %` between numbers, and with days, moments and stretches of time. */

import { DAY, dayAt, later, midnight } from "./days"
import { divided, negative, plus, remainder, times, toNumber } from "./decimal"
import { type Held, number, Unknown } from "./values"

function moved(
  op: string,
  one: Exclude<Held, null>,
  other: Exclude<Held, null>,
  zone: number,
): Held {
  const sign = op === "-" ? -1 : 1
  if (one.is === "day" && other.is === "day" && op === "-")
    return { is: "span", span: { months: 0, ms: (one.day - other.day) * DAY } }
  if (one.is === "span" && other.is === "span")
    return {
      is: "span",
      span: {
        months: one.span.months + sign * other.span.months,
        ms: one.span.ms + sign * other.span.ms,
      },
    }
  const days = other.is === "number" ? toNumber(other.number) : undefined
  const span = other.is === "span" ? other.span : { months: 0, ms: (days ?? 0) * DAY }
  if (other.is !== "span" && days === undefined) throw new Unknown()
  if (one.is === "day" && span.ms % DAY === 0) return { is: "day", day: later(one.day, span, sign) }
  if (one.is !== "moment") throw new Unknown()
  const date = dayAt(one.moment, zone)
  const clock = one.moment - midnight(date, zone)
  const on = later(date, { months: span.months, ms: 0 }, sign)
  return { is: "moment", moment: midnight(on, zone) + clock + sign * span.ms }
}

type Filled = Exclude<Held, null>

export function reckoned(op: string, one: Filled, other: Filled, zone: number): Held {
  if (one.is === "number" && other.is === "number") {
    switch (op) {
      case "+":
        return number(plus(one.number, other.number))
      case "-":
        return number(plus(one.number, negative(other.number)))
      case "*":
        return number(times(one.number, other.number))
      case "/":
        return number(divided(one.number, other.number))
      case "%":
        return number(remainder(one.number, other.number))
    }
  }
  return moved(op, one, other, zone)
}

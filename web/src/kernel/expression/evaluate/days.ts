/** Days, moments and stretches of time, in the time zone of the workspace. */

export const DAY = 86_400_000
const MINUTE = 60_000

export interface Span {
  months: number
  ms: number
}

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** A text as a day (counted from 1970), or as a moment; nothing if it is neither. */
export function read(text: string, zone: number): { day: number } | { moment: number } | undefined {
  const found = MOMENT.exec(text.trim())
  if (!found) return undefined
  const [, year, month, date, hour, minute, second = "0", part = "", place] = found
  const start = dayOf(Number(year), Number(month), Number(date))
  if (start === undefined) return undefined
  if (hour === undefined) return { day: start }
  const clock = (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * 1000
  const east = place === undefined ? zone : place === "Z" ? 0 : eastOf(place)
  return { moment: start * DAY + clock + Number(part || "0") * 1000 - east * MINUTE }
}

function eastOf(place: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(place) ?? []
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** The number of a day, or nothing if there is no such day. */
function dayOf(year: number, month: number, date: number): number | undefined {
  const at = new Date(Date.UTC(year, month - 1, date))
  at.setUTCFullYear(year, month - 1, date)
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.getTime() / DAY : undefined
}

/** A day from numbers that may lie beyond the year: month 14 is February of the next. */
export function dayFrom(year: number, month: number, date: number): number | undefined {
  const first = dayOf(year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1, 1)
  return first === undefined ? undefined : first + date - 1
}

export function parts(day: number): { year: number; month: number; date: number } {
  const at = new Date(day * DAY)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}

export function iso(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

export function dayAt(moment: number, zone: number): number {
  return Math.floor((moment + zone * MINUTE) / DAY)
}

export function midnight(day: number, zone: number): number {
  return day * DAY - zone * MINUTE
}

/** Some months later, on the same date, or on the last of a shorter month. */
export function monthsLater(day: number, months: number): number {
  const { year, month, date } = parts(day)
  const first = dayFrom(year, month + months, 1) ?? day
  const next = dayFrom(year, month + months + 1, 1) ?? day
  return Math.min(first + date - 1, next - 1)
}

export function later(day: number, span: Span, sign: 1 | -1): number {
  return monthsLater(day, sign * span.months) + Math.trunc((sign * span.ms) / DAY)
}

const UNITS: Record<string, Span> = {
  minute: { months: 0, ms: MINUTE },
  hour: { months: 0, ms: 60 * MINUTE },
  day: { months: 0, ms: DAY },
  week: { months: 0, ms: 7 * DAY },
  month: { months: 1, ms: 0 },
  quarter: { months: 3, ms: 0 },
  year: { months: 12, ms: 0 },
}

export function spanOf(amount: number, unit: string): Span | undefined {
  const one = UNITS[unit]
  return one && { months: one.months * amount, ms: one.ms * amount }
}

/** As PostgreSQL compares them: a month is thirty days. */
export function length(span: Span): number {
  return span.months * 30 * DAY + span.ms
}

export function startOf(day: number, unit: string): number | undefined {
  const { year, month } = parts(day)
  switch (unit) {
    case "day":
      return day
    case "week":
      return day - ((((day + 3) % 7) + 7) % 7)
    case "month":
      return dayFrom(year, month, 1)
    case "quarter":
      return dayFrom(year, month - ((month - 1) % 3), 1)
    case "year":
      return dayFrom(year, 1, 1)
  }
  return undefined
}

/** The whole months from one day to another. */
export function monthsBetween(first: number, last: number): number {
  const [from, to] = [parts(first), parts(last)]
  const months = (to.year - from.year) * 12 + to.month - from.month
  if (first <= last) return monthsLater(first, months) > last ? months - 1 : months
  return monthsLater(first, months) < last ? months + 1 : months
}

export function week(day: number): number {
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3
  const start = dayFrom(parts(thursday).year, 1, 1) ?? thursday
  return Math.floor((thursday - start) / 7) + 1
}

export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

export function workdays(first: number, last: number): number {
  const upTo = (day: number) => {
    const from = day + 3
    const weeks = Math.floor(from / 7)
    return weeks * 5 + Math.min(from - weeks * 7 + 1, 5)
  }
  return first <= last ? upTo(last) - upTo(first - 1) : upTo(last - 1) - upTo(first)
}

/** The first moment or day of a period and the first behind it; `clock` tells which it is. */
export function edges(
  period: string,
  now: number,
  zone: number,
): { from: number; to: number; clock: boolean } | undefined {
  const today = dayAt(now, zone)
  const rolling = /^(last|next) (\d+) (\w+?)s?$/.exec(period)
  if (rolling?.[1] && rolling[2] && rolling[3]) {
    const [, way, amount, unit] = rolling
    const span = spanOf(Number(amount), unit)
    if (!span) return undefined
    if (unit === "hour" || unit === "minute")
      return way === "last"
        ? { from: now - span.ms, to: now, clock: true }
        : { from: now, to: now + span.ms, clock: true }
    return way === "last"
      ? { from: later(today + 1, span, -1), to: today + 1, clock: false }
      : { from: today, to: later(today, span, 1), clock: false }
  }
  const calendar = /^(this|last|next) (\w+)$/.exec(period)
  const unit = calendar?.[2]
  const span = unit && spanOf(1, unit)
  const start = unit && startOf(today, unit)
  if (!span || start === undefined) return undefined
  const from =
    calendar[1] === "this"
      ? Number(start)
      : later(Number(start), span, calendar[1] === "next" ? 1 : -1)
  return { from, to: later(from, span, 1), clock: false }
}

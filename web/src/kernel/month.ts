/** The days of a month as a calendar shows them: whole weeks, from Monday on. */

import { momentOf, wallOf } from "./zone"

export interface Month {
  year: number
  /** From 0 on, as dates have it. */
  month: number
}

export function monthOf(day: Date): Month {
  return { year: day.getFullYear(), month: day.getMonth() }
}

export function moved({ year, month }: Month, by: number): Month {
  return monthOf(new Date(year, month + by, 1))
}

/** The days in sight, six weeks at most. */
export function daysOf({ year, month }: Month): Date[] {
  const first = new Date(year, month, 1)
  const before = (first.getDay() + 6) % 7
  const length = new Date(year, month + 1, 0).getDate()
  const weeks = Math.ceil((before + length) / 7)
  return Array.from({ length: weeks * 7 }, (_, at) => new Date(year, month, 1 - before + at))
}

/** A day by another one, the time of day kept. */
export function onDay(value: string, day: Date): string {
  const two = (number: number) => String(number).padStart(2, "0")
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
  if (value.length <= 10) return date
  const at = wallOf(new Date(value))
  const there = new Date(
    day.getFullYear(),
    day.getMonth(),
    day.getDate(),
    at.getHours(),
    at.getMinutes(),
  )
  return momentOf(there).toISOString()
}

/**
 * The time zone in which days are counted: the workspace's, or one's own, as the server tells it.
 *
 * A wall date is a `Date` whose local parts (`getHours` and so on) are what clocks show there; it is
 * good for showing and for arithmetic with days, and no moment until `momentOf` makes it one.
 */

const MINUTE = 60_000

let clocks: Intl.DateTimeFormat | undefined

/** Counts days there from now on; a name nobody knows, or none, means where the browser is. */
export function countDaysIn(zone: string | undefined): void {
  try {
    clocks = zone
      ? new Intl.DateTimeFormat("en-US", {
          timeZone: zone,
          hourCycle: "h23",
          year: "numeric",
          month: "numeric",
          day: "numeric",
          hour: "numeric",
          minute: "numeric",
          second: "numeric",
        })
      : undefined
  } catch {
    clocks = undefined
  }
}

/** Minutes east of Greenwich at a moment. */
export function eastAt(at: Date): number {
  if (!clocks || Number.isNaN(at.getTime())) return -at.getTimezoneOffset()
  const parts: Record<string, number> = {}
  for (const one of clocks.formatToParts(at)) parts[one.type] = Number(one.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const there = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((there - at.getTime()) / MINUTE)
}

/** What clocks show at a moment. */
export function wallOf(at: Date): Date {
  const there = new Date(at.getTime() + eastAt(at) * MINUTE)
  return new Date(
    there.getUTCFullYear(),
    there.getUTCMonth(),
    there.getUTCDate(),
    there.getUTCHours(),
    there.getUTCMinutes(),
    there.getUTCSeconds(),
  )
}

/** The moment at which clocks show this. */
export function momentOf(wall: Date): Date {
  const shown = Date.UTC(
    wall.getFullYear(),
    wall.getMonth(),
    wall.getDate(),
    wall.getHours(),
    wall.getMinutes(),
    wall.getSeconds(),
  )
  const near = new Date(shown - eastAt(new Date(shown)) * MINUTE)
  return new Date(shown - eastAt(near) * MINUTE)
}

/** What clocks show now. */
export function wallNow(): Date {
  return wallOf(new Date())
}

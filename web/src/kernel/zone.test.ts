import { afterEach, expect, it } from "vitest"
import { day, moment, whole } from "./format"
import { onDay } from "./month"
import { countDaysIn, eastAt, momentOf, wallOf } from "./zone"

afterEach(() => countDaysIn(undefined))

it.each([
  ["Asia/Shanghai", "2026-11-21T16:30:00Z", "2026-11-22 00:30", 480],
  ["America/New_York", "2026-11-21T16:30:00Z", "2026-11-21 11:30", -300],
  ["America/New_York", "2026-07-21T16:30:00Z", "2026-07-21 12:30", -240],
  ["Asia/Kolkata", "2026-11-21T18:30:00Z", "2026-11-22 00:00", 330],
])("in %s clocks show at %s: %s", (zone, text, shown, east) => {
  countDaysIn(zone)

  expect(whole(text)).toBe(shown)
  expect(eastAt(new Date(text))).toBe(east)
  expect(momentOf(wallOf(new Date(text))).getTime()).toBe(Date.parse(text))
})

it("counts days where they are counted, wherever the browser is", () => {
  const now = new Date("2026-11-21T16:30:00Z")

  countDaysIn("Asia/Shanghai")
  expect(moment("2026-11-21T15:30:00Z", "zh", now)).toBe("昨天 23:30")
  expect(day("2026-11-22", "zh", now)).toBe("今天")
  countDaysIn("America/New_York")
  expect(moment("2026-11-21T15:30:00Z", "zh", now)).toBe("今天 10:30")
  expect(day("2026-11-22", "zh", now)).toBe("明天")
})

it("keeps the time of day of what is moved to another day", () => {
  countDaysIn("Asia/Shanghai")

  expect(onDay("2026-11-21T16:30:00Z", new Date(2026, 10, 25))).toBe("2026-11-24T16:30:00.000Z")
})

it("stays where the browser is if nobody knows the zone", () => {
  countDaysIn("Nowhere/Atlantis")

  expect(eastAt(new Date("2026-11-21T16:30:00Z"))).toBe(
    -new Date("2026-11-21T16:30:00Z").getTimezoneOffset(),
  )
})

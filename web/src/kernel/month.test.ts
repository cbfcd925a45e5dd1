import { describe, expect, it } from "vitest"
import { isoDay } from "./format"
import { daysOf, moved, onDay } from "./month"

describe("a month", () => {
  it.each([
    ["2026-11", 2026, 10, "2026-10-26", "2026-12-06"],
    ["2026-02, which ends on a Saturday", 2026, 1, "2026-01-26", "2026-03-01"],
    ["2027-02, which begins on a Monday", 2027, 1, "2027-02-01", "2027-02-28"],
  ])("shows whole weeks of %s", (_, year, month, first, last) => {
    const days = daysOf({ year, month }).map(isoDay)
    expect([days[0], days.at(-1), days.length % 7]).toEqual([first, last, 0])
  })

  it("is followed by the next one, over the end of the year, too", () => {
    expect(moved({ year: 2026, month: 11 }, 1)).toEqual({ year: 2027, month: 0 })
    expect(moved({ year: 2026, month: 0 }, -1)).toEqual({ year: 2025, month: 11 })
  })

  it("keeps the time of day when a day is moved", () => {
    const at = new Date(2026, 10, 20, 14, 30).toISOString()
    expect(onDay("2026-11-20", new Date(2026, 10, 23))).toBe("2026-11-23")
    expect(onDay(at, new Date(2026, 10, 23))).toBe(new Date(2026, 10, 23, 14, 30).toISOString())
  })
})

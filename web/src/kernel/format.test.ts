import { describe, expect, it } from "vitest"
import { amount, colorOf, day, initials, moment, whole } from "./format"

const NOW = new Date("2026-11-22T10:00:00")

describe("amounts", () => {
  it.each([
    [52_000_000, "zh", "5,200 万", "52,000,000"],
    [3_820_000_000, "zh", "38.2 亿", "3,820,000,000"],
    [9_999.5, "zh", "9,999.5", "9,999.5"],
    [-128_000, "zh", "-12.8 万", "-128,000"],
    [52_000_000, "en", "52M", "52,000,000"],
  ] as const)("%s in %s", (value, language, short, full) => {
    expect(amount(value, language)).toEqual({ short, full })
  })
})

describe("moments", () => {
  it.each([
    ["2026-11-21", "昨天"],
    ["2026-11-19", "3天前"],
    ["2026-11-23", "明天"],
    ["2026-01-05", "2026-01-05"],
  ])("the day %s is %s", (text, said) => {
    expect(day(text, "zh", NOW)).toBe(said)
  })

  it("tells the hour only of what is near", () => {
    expect(moment("2026-11-22T09:05:00", "zh", NOW)).toBe("今天 09:05")
    expect(moment("2026-11-19T09:05:00", "zh", NOW)).toBe("3天前")
    expect(whole("2026-11-19T09:05:00")).toBe("2026-11-19 09:05")
  })
})

describe("people and colours", () => {
  it("calls people by the letter that tells them apart", () => {
    expect(initials("钱强")).toBe("强")
    expect(initials("钱强(0013)")).toBe("强")
    expect(initials("John Doe")).toBe("JD")
  })

  it("gives the same word the same colour, and the one that is meant if there is one", () => {
    expect(colorOf("制造业")).toBe(colorOf("制造业"))
    expect(colorOf("A", "red")).toBe("red")
    expect(colorOf("A", "no such colour")).toBe("grey")
  })
})

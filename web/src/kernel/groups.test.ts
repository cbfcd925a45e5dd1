import { describe, expect, it } from "vitest"
import {
  byOf,
  byText,
  type Group,
  groupPieces,
  laid,
  orderWithout,
  placeAt,
  stretchName,
  stretchOf,
} from "./groups"
import type { FieldMeta } from "./meta"

function group(key: string, count: number): Group {
  return { key, label: null, count, where: `a = "${key}"`, measures: {} }
}

function field(key: string, type: string): FieldMeta {
  return { key, type, ordered: true, unique: false, level: "read" } as FieldMeta
}

it("lays groups one below the other, the closed ones as their heads only", () => {
  const all = laid([group("a", 3), group("b", 2), group("c", 0)], (one) => one.key !== "b")

  expect(all.length).toBe(6)
  expect(all.heads).toEqual([0, 4, 5])
  expect(placeAt(all, 0)).toEqual({ group: 0, line: -1 })
  expect(placeAt(all, 3)).toEqual({ group: 0, line: 2 })
  expect(placeAt(all, 4)).toEqual({ group: 1, line: -1 })
  expect(placeAt(all, 6)).toBeUndefined()
})

it("finds every line of thousands of groups", () => {
  const groups = Array.from({ length: 5_000 }, (_, at) => group(String(at), at % 40))
  const all = laid(groups, () => true)

  for (let index = 0; index < all.length; index += 97) {
    const place = placeAt(all, index)
    expect((all.heads[place?.group ?? -1] ?? 0) + (place?.line ?? 0) + 1).toBe(index)
  }
})

it("asks for the pieces in sight and for no others", () => {
  const all = laid([group("a", 250), group("b", 5), group("c", 10)], (one) => one.key !== "b")

  expect(groupPieces(all, 0, 20, 100)).toEqual([{ group: 0, piece: 0 }])
  expect(groupPieces(all, 90, 120, 100)).toEqual([
    { group: 0, piece: 0 },
    { group: 0, piece: 1 },
  ])
  expect(groupPieces(all, 240, 400, 100)).toEqual([
    { group: 0, piece: 2 },
    { group: 2, piece: 0 },
  ])
})

it("reads by what lines are grouped, and writes it again", () => {
  const fields = [
    field("created_at", "datetime"),
    field("price", "money"),
    field("stage", "option"),
  ]
  const again = (text: string) => {
    const by = byOf(fields, text)
    return by && byText(by)
  }

  expect(again("created_at by quarter")).toBe("created_at by quarter")
  expect(again("created_at by century")).toBe("created_at by month")
  expect(again("price by 1000")).toBe("price by 1000")
  expect(again("price by -1")).toBe("price")
  expect(again("stage by month")).toBe("stage")
  expect(again("nothing")).toBeUndefined()
})

it("names the stretches of the calendar", () => {
  expect(stretchName("2026-10-01", "quarter", "zh")).toBe("2026 年第 4 季度")
  expect(stretchName("2026-03-01", "month", "zh")).toBe("2026 年 3 月")
  expect(stretchName("2026-12-28", "week", "en")).toBe("2026-12-28 to 2027-01-03")
})

describe("stretches in the browser", () => {
  it.each([
    ["date", "year", "2026-11-22", "2026-01-01"],
    ["date", "quarter", "2026-11-22", "2026-10-01"],
    ["date", "month", "2026-11-22", "2026-11-01"],
    ["date", "week", "2026-11-22", "2026-11-16"],
    ["datetime", "day", "2026-11-22T08:00:00Z", "2026-11-22"],
    ["money", "1000", "2500", "2000"],
    ["number", "10", -3, "-10"],
    ["text", "", "甲", "甲"],
    ["money", "1000", null, ""],
  ])("%s by %s: %s begins at %s", (type, grain, value, start) => {
    expect(stretchOf({ field: { type } as FieldMeta, grain }, value)).toBe(start)
  })

  it("drops an order by what is not summed any more", () => {
    expect(orderWithout("-SUM(amount)", ["SUM(amount)"])).toBe("-SUM(amount)")
    expect(orderWithout("-SUM(amount)", ["AVG(amount)"])).toBeUndefined()
    expect(orderWithout("-count", [])).toBe("-count")
  })
})

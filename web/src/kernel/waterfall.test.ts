import { describe, expect, it } from "vitest"
import { bits, likely, waterfall } from "./waterfall"

it.each([
  [0.5, 0],
  [0.8, 2],
  [1 / 9, -3],
])("a score of %f is worth %d bits", (score, worth) => {
  expect(bits(score)).toBeCloseTo(worth)
})

it("stands every step on the one before and ends at the score", () => {
  const reasons = [
    { field: "phone", agreement: "same", weight: 12 },
    { field: "address", agreement: "different", weight: -2 },
  ]
  const { bars, least, most } = waterfall(0.8, reasons)

  expect(bars.map((one) => Math.round(one.from))).toEqual([0, -8, 4])
  expect(bars.at(-1)?.to).toBeCloseTo(bits(0.8))
  expect(least).toBeCloseTo(-8)
  expect(most).toBeCloseTo(4)
})

it("has an end even where a score is certain", () => {
  expect(Number.isFinite(bits(1))).toBe(true)
  expect(Number.isFinite(bits(0))).toBe(true)
})

describe("a chance", () => {
  it("is told unless it would be called 0%", () => {
    expect([0, 0.0004, 0.009, 0.01, 0.34, 1].map(likely)).toEqual([
      ...[false, false, false],
      ...[true, true, true],
    ])
  })
})

import { expect, it } from "vitest"
import { keptOf, lengthOf, piecesOf, spread } from "./pieces"

it("wants the pieces in sight, and the next one before its edge is", () => {
  expect(piecesOf({ from: 0, to: 25 }, 100)).toEqual([0])
  expect(piecesOf({ from: 50, to: 75 }, 100)).toEqual([0, 1])
  expect(piecesOf({ from: 140, to: 165 }, 100)).toEqual([1])
  expect(piecesOf({ from: 99_975, to: 99_999 }, 100)).toEqual([999, 1000])
})

it("is as long as counted until a piece knows better", () => {
  const full = (number: number, more: boolean) => ({ number, lines: Array(100).fill(0), more })

  expect(lengthOf([], undefined, 100)).toBe(0)
  expect(lengthOf([full(0, true)], undefined, 100)).toBe(101)
  expect(lengthOf([full(0, true)], 3_000, 100)).toBe(3_000)
  expect(lengthOf([full(0, true), full(1, false)], 3_000, 100)).toBe(200)
  expect(lengthOf([{ number: 2, lines: [], more: false }], 3_000, 100)).toBe(200)
  expect(lengthOf([{ number: 0, lines: [], more: false }], undefined, 100)).toBe(0)
  expect(lengthOf([{ number: 3, lines: [1, 2], more: false }], 250, 100)).toBe(302)
})

it("leaves holes where nothing was read", () => {
  const lines = spread([{ number: 1, lines: ["c", "d"], more: true }], 6, 2)

  expect(lines.length).toBe(6)
  expect(lines[0]).toBeUndefined()
  expect(lines.slice(2, 4)).toEqual(["c", "d"])
})

it("lets go what was wanted longest ago", () => {
  expect(keptOf([1, 2, 3], [2, 4], 3)).toEqual([3, 2, 4])
})

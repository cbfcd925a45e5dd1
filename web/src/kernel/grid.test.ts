import { describe, expect, it } from "vitest"
import { asTable, at, fromTable, moved, planPaste, within } from "./grid"

const SIZE = { rows: 100, columns: 5 }
const press = (key: string, more: { shift?: boolean; far?: boolean } = {}) => ({
  key,
  shift: more.shift ?? false,
  far: more.far ?? false,
})

describe("keys", () => {
  it.each([
    ["ArrowDown", {}, 4, 2],
    ["ArrowUp", { far: true }, 0, 2],
    ["ArrowRight", { far: true }, 3, 4],
    ["End", { far: true }, 99, 4],
    ["Home", {}, 3, 0],
    ["Tab", {}, 3, 3],
    ["Tab", { shift: true }, 3, 1],
    ["PageDown", {}, 18, 2],
  ])("%s %o leads from 3,2 to %i,%i", (key, more, row, column) => {
    expect(moved(at(3, 2), press(key, more), SIZE)?.active).toEqual({ row, column })
  })

  it("tabs on to the next line", () => {
    expect(moved(at(3, 4), press("Tab"), SIZE)?.active).toEqual({ row: 4, column: 0 })
    expect(moved(at(3, 0), press("Tab", { shift: true }), SIZE)?.active).toEqual({
      row: 2,
      column: 4,
    })
  })

  it("stretches with shift", () => {
    const choice = moved(at(3, 2), press("ArrowDown", { shift: true }), SIZE)

    expect(within(choice, 3, 2) && within(choice, 4, 2)).toBe(true)
    expect(within(choice, 5, 2)).toBe(false)
  })

  it("leaves other keys to others", () => {
    expect(moved(at(0, 0), press("a"), SIZE)).toBeUndefined()
  })
})

describe("the clipboard", () => {
  it.each([
    [
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      [
        ["with\ttab", 'with "quotes"'],
        ["two\nlines", ""],
      ],
    ],
  ])("gives back what it was given: %j", (rows) => {
    expect(fromTable(asTable(rows))).toEqual(rows)
  })

  it("reads what Excel writes", () => {
    expect(fromTable('a\tb\r\n"x\ny"\t\r\n')).toEqual([
      ["a", "b"],
      ["x\ny", ""],
    ])
  })

  it("puts one text into every chosen cell, and a block where it begins", () => {
    const chosen = { anchor: { row: 1, column: 1 }, active: { row: 2, column: 1 } }

    expect(planPaste(chosen, [["x"]], SIZE).map((one) => one.row)).toEqual([1, 2])
    expect(
      planPaste(
        at(99, 4),
        [
          ["a", "b"],
          ["c", "d"],
        ],
        SIZE,
      ),
    ).toEqual([{ row: 99, column: 4, text: "a" }])
  })
})

import { describe, expect, it } from "vitest"
import { batches, type CellChange, effective, reversed } from "./edits"

const change = (id: string, field: string, old: string | null, next: string | null) =>
  ({ id, field, old, next }) satisfies CellChange

describe("changes of many cells", () => {
  it("leave out what stays as it is, and let the last word count", () => {
    const some = [
      change("1", "level", "A", "B"),
      change("2", "level", "B", "B"),
      change("1", "level", "A", "C"),
    ]
    expect(effective(some).map((one) => one.next)).toEqual(["C"])
  })

  it("go back in the opposite order", () => {
    const some = [change("1", "level", "A", "B"), change("2", "level", null, "B")]
    expect(reversed(some)).toMatchObject([
      { id: "2", old: "B", next: null },
      { id: "1", old: "B", next: "A" },
    ])
  })

  it("send records that get the same values together", () => {
    const some = [
      change("1", "level", "A", "B"),
      change("1", "source", null, "官网"),
      change("2", "source", null, "官网"),
      change("2", "level", "C", "B"),
      change("3", "level", "C", "A"),
    ]
    expect(batches(some)).toEqual([
      { ids: ["1", "2"], set: { level: "B", source: "官网" } },
      { ids: ["3"], set: { level: "A" } },
    ])
  })
})

import { expect, it } from "vitest"
import type { ObjectMeta } from "../meta"
import { columnLabel, pinnedIn, reordered, turned, viewIn, withoutColumn } from "./view"

it.each([
  ["a", 2, "b,a,c"],
  ["c", 0, "c,a,b"],
  ["new", 1, "a,new,b,c"],
  ["b", 1, "a,b,c"],
  ["a", 3, "b,c,a"],
])("%s put before place %i", (key, to, told) => {
  expect(reordered(["a", "b", "c"], key, to).join(",")).toBe(told)
})

it("names a column by its field, or by what is computed in it", () => {
  const object = { fields: [{ key: "due", label: "Due" }] } as ObjectMeta
  expect(columnLabel(object, "due")).toBe("Due")
  expect(columnLabel(object, "SUM(fees) AS total")).toBe("total")
})

it("turns an order round and writes short forms out", () => {
  expect(turned(turned("due"))).toBe("due")
  expect(viewIn({ key: "a", object: "b" })).toMatchObject({ select: [], order: [], label: "a" })
})

it("pins columns and lets go of them with their columns", () => {
  const view = { ...viewIn({ key: "a", object: "b" }), select: ["name", "phone", "level"] }
  const pinned = pinnedIn(pinnedIn(view, "phone"), "level")

  expect(pinned.pinned).toEqual(["phone", "level"])
  expect(pinnedIn(pinned, "phone").pinned).toEqual(["level"])
  expect(withoutColumn(pinned, "level")).toMatchObject({
    select: ["name", "phone"],
    pinned: ["phone"],
  })
  expect(pinnedIn(pinnedIn(view, "phone"), "phone").pinned).toBeUndefined()
})

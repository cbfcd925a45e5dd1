import { describe, expect, it } from "vitest"
import { bundled, partOf } from "./bundles"
import type { By, Group } from "./groups"
import type { FieldMeta } from "./meta"

const field = (type: string) => ({ key: "size", type, kind: type }) as FieldMeta
const by: By = { field: field("text"), grain: "" }
const group = (key: string | null, count: number): Group => ({
  ...{ key, count, label: key, measures: {} },
  where: key === null ? "size is empty" : `size = "${key}"`,
})
const spans = (groups: Group[], of: By = by, page = 200) =>
  bundled(groups, of, { lines: 100, page }).map((one) => one && [one.from, one.to])

describe("bundles of groups", () => {
  it("hold small neighbours, as many as one question may bring", () => {
    const many = Array.from({ length: 30 }, (_, at) => group(`${at}`, 20))
    expect(new Set(spans(many).map(String))).toEqual(
      new Set(["0,5", "5,10", "10,15", "15,20", "20,25", "25,30"]),
    )
    const tiny = Array.from({ length: 60 }, (_, at) => group(`${at}`, 1))
    expect(new Set(spans(tiny).map(String))).toEqual(new Set(["0,25", "25,50", "50,60"]))
  })

  it("leave alone what is large, what is empty, and what has no neighbour", () => {
    const some = [group("a", 4), group("b", 90), group("c", 4), group(null, 3), group("d", 4)]
    expect(spans(some)).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(spans([group("a", 4), group("b", 4), group("c", 90)])).toEqual([
      [0, 2],
      [0, 2],
      undefined,
    ])
    expect(spans([group("a", 4), group("b", 4)], { field: field("date"), grain: "day" })).toEqual([
      undefined,
      undefined,
    ])
  })

  it("stay as they are when more groups come", () => {
    const groups = Array.from({ length: 24 }, (_, at) => group(`${at}`, 4))
    const before = spans(groups.slice(0, 10), by, 10)
    expect(spans(groups, by, 10).slice(0, 10)).toEqual(before)
  })

  it("ask for all of their groups and give each its lines in order", () => {
    const groups = [group("a", 2), group("b", 1), group("c", 1)]
    const [first] = bundled(groups, by, { lines: 100, page: 200 })
    expect(first?.where).toBe('(size = "a") or (size = "b") or (size = "c")')
    const page = { items: ["b", "a", "a"].map((size, at) => ({ id: `${at}`, size })) }
    const ids = groups.map((one) => partOf(page, by, one).items.map((line) => line.id))
    expect(ids).toEqual([["1", "2"], ["0"], []])
    expect(partOf(page, by, group("a", 2))).toBe(partOf(page, by, group("a", 2)))
  })
})

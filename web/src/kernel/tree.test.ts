import { describe, expect, it } from "vitest"
import { below, grown, pushed, shownOf, within } from "./tree"

const company = [
  { id: "all", parent: null },
  { id: "sales", parent: "all" },
  { id: "east", parent: "sales" },
  { id: "west", parent: "sales" },
  { id: "finance", parent: "all" },
]
const names = (folded: string[] = []) =>
  shownOf(grown(company), new Set(folded)).map((one) => `${"-".repeat(one.depth)}${one.one.id}`)

describe("a tree", () => {
  it("is read from the top down", () => {
    expect(names()).toEqual(["all", "-sales", "--east", "--west", "-finance"])
    expect(names(["sales"])).toEqual(["all", "-sales", "-finance"])
  })

  it("knows what is within what, and how much", () => {
    expect(within(company, "all", "east")).toBe(true)
    expect(within(company, "east", "east")).toBe(true)
    expect(within(company, "east", "all")).toBe(false)
    expect(grown(company).map(below)).toEqual([4])
  })

  it("pushes a line in below the one above it, and out beside its parent", () => {
    const tops = grown(company)
    expect(pushed(tops, "west", "in")).toBe("east")
    expect(pushed(tops, "east", "in")).toBeUndefined()
    expect(pushed(tops, "east", "out")).toBe("all")
    expect(pushed(tops, "sales", "out")).toBeNull()
    expect(pushed(tops, "all", "out")).toBeUndefined()
  })

  it("stands a circle and a lost parent", () => {
    const odd = [
      { id: "a", parent: "b" },
      { id: "b", parent: "a" },
      { id: "c", parent: "gone" },
    ]
    expect(shownOf(grown(odd), new Set()).map((one) => one.one.id)).toEqual(["a", "b", "c"])
  })
})

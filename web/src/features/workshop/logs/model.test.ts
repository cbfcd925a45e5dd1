import { describe, expect, it } from "vitest"
import { apart } from "./model"

describe("what a log tells of a change", () => {
  it("is the members that differ, not the whole", () => {
    const old = { name: "钱强", roles: ["rep"], absence: null }
    expect(apart(old, { ...old, roles: ["rep", "lead"] })).toEqual([
      { name: "roles", old: ["rep"], now: ["rep", "lead"] },
    ])
  })

  it("finds a field of a document by its key", () => {
    const field = (more: object) => ({ fields: [{ key: "phone", ...more }, { key: "name" }] })
    expect(apart(field({}), field({ index: true }))).toEqual([
      { name: "fields.phone.index", old: undefined, now: true },
    ])
  })

  it("is everything of what is new, and nothing of what is empty", () => {
    expect(apart(null, { name: "张三", email: null, number: "" })).toEqual([
      { name: "name", old: undefined, now: "张三" },
    ])
  })
})

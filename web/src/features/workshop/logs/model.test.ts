import { describe, expect, it } from "vitest"
import { apart, whatOf } from "./model"

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

describe("what an entry is about", () => {
  const id = "01a205c8-5418-7778-b996-68123d32223c"
  it.each([
    [{ label: "杭州海纳", target: id }, "客户", "杭州海纳"],
    [{ label: "", target: id }, "客户", "客户"],
    [{ label: "", target: id }, undefined, id],
    [{ target: "sales_rep" }, "role", "sales_rep"],
  ])("is called by its name, else by its object", (entry, object, said) => {
    expect(whatOf(entry, object)).toBe(said)
  })
})

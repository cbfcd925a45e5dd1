import { describe, expect, it } from "vitest"
import { drafted, NOWHERE, planned, unfinished } from "./model"

const li = { id: "u1", name: "李伟" }
const wang = { id: "u2", name: "王芳" }

describe("a hand-over", () => {
  it("goes to the manager where there is one", () => {
    expect(planned(drafted(true, true))).toEqual({
      objects: {},
      others: { manager: true },
      teams: { manager: true },
      reports: { manager: true },
      departments: { manager: true },
      views: { manager: true },
      disable: true,
      reason: "",
    })
  })

  it("wants somebody to be named where there is none", () => {
    const draft = drafted(false, true)
    expect(unfinished(draft)).toBe(true)
    expect(unfinished({ ...draft, others: { ...NOWHERE, way: "user", people: [li] } })).toBe(false)
  })

  it("asks the rules of an object in order, and says no empty condition", () => {
    const draft = drafted(true, false)
    draft.objects.customer = [
      { id: 1, where: ' province = "浙江" ', to: { ...NOWHERE, way: "users", people: [li, wang] } },
      { id: 2, where: "", to: { ...NOWHERE, way: "pool", pool: "d1" } },
      { id: 3, where: "", to: NOWHERE },
    ]
    expect(planned(draft).objects).toEqual({
      customer: [
        { where: 'province = "浙江"', to: { users: ["u1", "u2"] } },
        { to: { pool: "d1" } },
      ],
    })
  })
})

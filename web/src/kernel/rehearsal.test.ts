import { describe, expect, it } from "vitest"
import type { FieldMeta } from "./meta"
import { alters, markOf, type Tongue, written } from "./rehearsal"

function field(type: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    ...{ key: "it", kind: type, type, label: "It", help: "", required: false, unique: false },
    ...{
      system: false,
      ordered: true,
      searched: false,
      indexed: false,
      operators: [],
      object: null,
    },
    ...{ settings: {}, options: [], level: "write", create: true, update: true },
    ...more,
  }
}
const person = field("record", { kind: "user", object: "user" })
const tongue: Tongue = {
  language: "zh",
  yes: "是",
  no: "否",
  nameOf: (_, id) => (id === "7" ? "钱强" : undefined),
}
const option = { key: "A", label: "A 级", color: "", stopped: false }

describe("a value in a rehearsal", () => {
  it.each([
    [field("money"), "90770000.00", "90,770,000"],
    [field("number"), 21, "21"],
    [field("datetime"), "2026-01-14T00:00:00", "2026-01-14"],
    [field("datetime"), "2026-06-13T01:26:00", "2026-06-13 01:26"],
    [field("option", { options: [option] }), "A", "A 级"],
    [field("options", { options: [option] }), ["A", "B"], "A 级、B"],
    [field("boolean"), false, "否"],
    [person, "7", "钱强"],
    [person, "8", ""],
    [field("region"), "浙江省/杭州市", "浙江省/杭州市"],
    [undefined, "as it is", "as it is"],
    [field("text"), null, ""],
  ])("reads as people write it", (of, value, text) => {
    expect(written(of, value, tongue)).toBe(text)
  })

  it.each([
    [field("money"), "¥274,590,000.00", "274,590,000", false],
    [field("money"), "9077万", "90,770,000", true],
    [field("number"), 21, "21", false],
    [field("datetime"), "2026/2/3", "2026-02-03", false],
    [field("datetime"), "2026-06-13 01:26:00", "2026-06-13 01:26", false],
    [field("datetime"), "20260114", "2026-01-14", true],
    [field("datetime"), "10/14/2025", "2025-10-14", true],
    [field("text"), " 钱强 ", "钱强", false],
    [field("phone"), "18784873928", "+86-18784873928", true],
    [field("option"), "A级", "A 级", false],
    [field("option"), "A", "A 级", false],
    [field("option"), "重点", "A 级", true],
    [person, "钱 强", "钱强", false],
    [person, "小钱", "钱强", true],
    [person, "小钱", "", false],
  ])("is told where it says more than the cell", (of, raw, text, told) => {
    expect(alters(of, raw, text)).toBe(told)
  })

  it("marks what needs a look, and not each cell of a new line", () => {
    expect(markOf("new", "created")).toBeUndefined()
    expect(markOf("new", "updated")).toBe("new")
    expect(markOf("same", "updated")).toBeUndefined()
    expect(markOf("conflict", "skipped")).toBe("conflict")
    expect(markOf("unreadable", "created")).toBe("unreadable")
    expect(markOf(null, "created")).toBeUndefined()
  })
})

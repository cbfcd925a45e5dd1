import { expect, it } from "vitest"
import type { FieldMeta, ObjectMeta } from "../meta"
import { holds } from "./judge"
import { formsFor, leftOut, live, missing, optionsFor, sent } from "./live"
import type { FormFace, Purpose } from "./shapes"

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    key,
    kind: "text",
    type: "text",
    label: key,
    help: "",
    required: false,
    unique: false,
    system: false,
    ordered: true,
    searched: false,
    indexed: false,
    operators: [],
    object: null,
    settings: {},
    options: [],
    level: "write",
    create: true,
    update: true,
    ...more,
  }
}

function form(key: string, more: Partial<FormFace> = {}): FormFace {
  return {
    key,
    label: key,
    purpose: ["create", "edit"],
    rest: true,
    sections: [],
    tabs: [],
    ...more,
  }
}

const loan = form("loan", {
  sections: [
    {
      columns: 2,
      fields: [
        { field: "book", width: 2 },
        { field: "state", width: 1, default: '"out"' },
        {
          field: "why",
          width: 1,
          visible: 'state = "lost"',
          required: 'state = "lost"',
          help: "say why",
        },
        { field: "copy", width: 1, computed: "book" },
        { field: "gone", width: 1 },
      ],
    },
  ],
  tabs: [
    {
      label: "more",
      visible: "book is not empty",
      sections: [{ columns: 1, fields: [{ field: "note", width: 1 }] }],
    },
  ],
})
const object = {
  key: "loan",
  label: "Loan",
  fields: [
    field("book", { required: true }),
    field("state"),
    field("why"),
    field("copy"),
    field("note"),
    field("asked", { required: true }),
    field("rest"),
    field("number", { kind: "auto_number" }),
  ],
  forms: [loan, form("quick", { purpose: ["mobile"] }), form("change", { purpose: ["edit"] })],
} as unknown as ObjectMeta

it("takes the form for the deed, on a phone the one for phones first", () => {
  const keys = (deed: "create" | "update", narrow: boolean) =>
    formsFor(object, deed, narrow).map((one) => one.key)
  expect(keys("create", false)).toEqual(["loan"])
  expect(keys("update", false)).toEqual(["loan", "change"])
  expect(keys("create", true)).toEqual(["quick", "loan"])
})

it("shows, asks for and words a field by its rules", () => {
  const calm = live(object, loan, { book: "x" }, "create")
  expect(calm.there.has("why")).toBe(false)
  const lost = live(object, loan, { book: "x", state: "lost" }, "create")
  expect(lost.there.get("why")?.field).toMatchObject({ required: true, help: "say why" })
  expect(missing(lost)).toEqual(["why", "asked"])
})

it("asks for what the object asks for and the form left out", () => {
  expect(leftOut(object, loan, "create").map((one) => one.key)).toEqual(["asked", "rest"])
  expect(live(object, loan, {}, "create").sections.at(-1)?.fields[0]?.field.key).toBe("asked")
  expect(live(object, loan, {}, "update").there.has("asked")).toBe(false)
})

it("hides a tab with everything in it", () => {
  expect(live(object, loan, {}, "create").tabs).toEqual([])
  expect(live(object, loan, { book: "x" }, "create").there.has("note")).toBe(true)
})

it("gives defaults to new records only, computed values to all, and sends what is there", () => {
  const draft = { book: "x", why: "typed and then hidden", rest: "from below" }
  const laid = live(object, loan, draft, "create")
  expect(sent(object, loan, laid, draft, "create")).toEqual({
    book: "x",
    rest: "from below",
    state: "out",
    copy: "x",
  })
  expect(live(object, loan, draft, "update").given).toEqual({ copy: "x" })
  expect(laid.there.get("copy")?.readonly).toBe(true)
})

it.each<[string, Purpose[]]>([["a field nobody may see is not there", ["create"]]])("%s", () => {
  expect(live(object, loan, {}, "create").there.has("gone")).toBe(false)
})

it("leaves things as they are where a rule cannot be judged", () => {
  expect(holds("NOWHERE(x)", {}, true)).toBe(true)
  expect(holds("other.name = 1", {}, false)).toBe(false)
})

it("offers the options that go with the rest of the record", () => {
  const option = (key: string, when?: Record<string, string[]>) => ({
    key,
    label: key,
    color: "",
    stopped: false,
    ...(when ? { when } : {}),
  })
  const city = field("city", {
    kind: "option",
    options: [option("Hangzhou", { province: ["Zhejiang"] }), option("online")],
  })
  const open = (known: Record<string, string | string[] | null>) =>
    optionsFor(city, known)
      .filter((one) => !one.stopped)
      .map((one) => one.key)
  expect(open({})).toEqual(["online"])
  expect(open({ province: "Jiangsu" })).toEqual(["online"])
  expect(open({ province: "Zhejiang" })).toEqual(["Hangzhou", "online"])
  expect(open({ province: ["Jiangsu", "Zhejiang"] })).toEqual(["Hangzhou", "online"])
})

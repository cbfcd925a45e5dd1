import { expect, it } from "vitest"
import type { FieldMeta, ObjectMeta } from "../meta"
import { begun, changed, redone, undone } from "../undo"
import {
  bare,
  type FormDocument,
  formIn,
  nudged,
  problemAt,
  put,
  sectionNudged,
  spotOf,
  tabAdded,
  taken,
  unplaced,
  worded,
} from "./design"
import { levelFor } from "./levels"
import { faceOf } from "./preview"

const form = formIn({
  key: "loan",
  object: "loan",
  purpose: "create" as never,
  sections: [
    { label: "a", fields: ["one", { field: "two", width: 2 }] as never },
    { label: "b", fields: [{ field: "three" }] },
  ],
  tabs: [{ label: "t", sections: [{ fields: [] }] }],
})
const order = (some: FormDocument) =>
  [...some.sections, ...some.tabs.flatMap((one) => one.sections)]
    .map((one) => one.fields.map((each) => each.field).join(","))
    .join(" | ")
const object = {
  key: "loan",
  fields: ["one", "two", "three", "four"].map((key) => ({ key, system: false }) as FieldMeta),
} as ObjectMeta

it("writes short forms out", () => {
  expect(form.purpose).toEqual(["create"])
  expect(form.sections[0]?.fields[0]).toEqual({ field: "one" })
})

it.each([
  [
    "a new field goes where it is dropped",
    "four",
    { tab: -1, section: 0, index: 1 },
    "one,four,two | three | ",
  ],
  [
    "a field moves down within its section",
    "one",
    { tab: -1, section: 0, index: 2 },
    "two,one | three | ",
  ],
  [
    "a field moves up within its section",
    "two",
    { tab: -1, section: 0, index: 0 },
    "two,one | three | ",
  ],
  ["a field moves into a tab", "two", { tab: 0, section: 0, index: 0 }, "one | three | two"],
])("%s", (_, field, spot, told) => {
  expect(order(put(form, field, spot))).toBe(told)
})

it("keeps what was said of a field that moves", () => {
  const moved = put(form, "two", { tab: 0, section: 0, index: 0 })
  expect(moved.tabs[0]?.sections[0]?.fields[0]).toEqual({ field: "two", width: 2 })
})

it.each([
  ["one", 1, "two,one | three | "],
  ["two", 1, "one | two,three | "],
  ["three", -1, "one,two,three |  | "],
  ["three", 1, "one,two |  | three"],
  ["one", -1, "one,two | three | "],
] as const)("%s nudged by %i", (field, step, told) => {
  expect(order(nudged(form, field, step))).toBe(told)
})

it("takes a field away and offers it again", () => {
  expect(unplaced(object, form).map((one) => one.key)).toEqual(["four"])
  expect(unplaced(object, taken(form, "one")).map((one) => one.key)).toEqual(["one", "four"])
})

it("leaves out what says nothing", () => {
  const said = worded(form, "one", { visible: "", help: { zh: "" }, columns: [], width: 1 })
  expect(said.sections[0]?.fields[0]).toEqual({ field: "one", width: 1 })
  expect(bare({ a: undefined, b: "x" })).toEqual({ b: "x" })
})

it("moves sections, and finds the spot of everything", () => {
  expect(order(sectionNudged(form, { tab: -1, section: 0 }, 1))).toBe("three | one,two | ")
  expect(spotOf(tabAdded(form, "u"), "three")).toEqual({ tab: -1, section: 1, index: 0 })
})

it.each([
  ["documents[0].sections[0].fields[1].visible:1:5", { field: "two", member: "visible" }],
  ["documents[0].tabs[0].sections[0].visible", { room: { tab: 0, section: 0 }, member: "visible" }],
  ["documents[0].tabs[0].visible", { tab: 0, member: "visible" }],
  ["documents[0].roles[0]", { member: "roles" }],
])("%s is found", (path, told) => {
  expect(problemAt(form, path)).toMatchObject(told)
})

it("shows a role only what it sees", () => {
  const role = {
    key: "clerk",
    label: "Clerk",
    objects: { loan: { read: "all", fields: { two: "hidden" as const } } },
  }
  const seen = faceOf(form, object, "zh", (field) => levelFor(role, "loan", field))
  expect(seen.sections[0]?.fields.map((one) => one.field)).toEqual(["one"])
  expect(levelFor({ key: "none", label: "None" }, "loan", "one")).toBe("hidden")
})

it("takes back step by step", () => {
  const done = changed(changed(begun(1), 2), 3)
  expect(undone(undone(done)).now).toBe(1)
  expect(redone(undone(done)).now).toBe(3)
  expect(changed(undone(done), 4).future).toEqual([])
})

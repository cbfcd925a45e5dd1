import { expect, it } from "vitest"
import { differences } from "./compare"
import { moved, nextOption, type ObjectDocument, same, saying, settled, without } from "./object"
import { placed } from "./problems"
import { kindsOf } from "./schema"

const shelf: ObjectDocument = {
  kind: "object",
  key: "shelf",
  label: "书架",
  title: "name",
  fields: [
    { key: "name", kind: "text", label: "名称" },
    { key: "room", kind: "text", label: { zh: "房间", en: "Room" } },
  ],
  unique: [["name", "room"]],
}

it("takes a field out together with what speaks of it", () => {
  const left = without(shelf, 0)
  expect(left.fields.map((one) => one.key)).toEqual(["room"])
  expect(left.title).toBe("room")
  expect(left.unique).toBeUndefined()
})

it("leaves out a setting that says nothing", () => {
  const [name] = shelf.fields
  if (!name) throw new Error("no field")
  expect(settled({ ...name, required: true }, "required", undefined)).toEqual(name)
  expect(saying("名称", "en", "Name")).toEqual({ zh: "名称", en: "Name" })
  expect(nextOption([{ key: "a", label: "a" }], "a").key).toBe("a_2")
})

it("tells what is different by key, and not by place", () => {
  const other = moved(shelf, 0, 1)
  expect(same(other, shelf)).toBe(false)
  expect(differences(shelf as never, other as never)).toEqual([
    { path: "fields.↕", how: "changed" },
  ])
  const [room] = shelf.fields.slice(1)
  const required = { ...shelf, fields: [shelf.fields[0], { ...room, required: true }] }
  expect(differences(shelf as never, required as never)).toEqual([
    { path: "fields.room.required", how: "added", after: true },
  ])
})

it.each([
  ["documents[0].fields[2].formula:1:8", 2, "formula"],
  ["documents[0].title", undefined, "title"],
  ["documents[1].fields[0]", 0, ""],
  ["documents[0]", undefined, ""],
])("%s is field %s, %s", (path, field, member) => {
  expect(placed({ path, code: "x", message: "" })).toMatchObject({ field, member })
})

it("reads the settings of a kind from its schema", () => {
  const properties = {
    key: { type: "string" },
    decimals: { type: "integer", minimum: 0, maximum: 10, default: 2 },
    relation: { anyOf: [{ type: "string" }, { type: "null" }] },
    on_delete: { enum: ["restrict", "clear"] },
  }
  const variant = { title: "money", description: "金额 / money", properties, required: ["key"] }
  const [kind] = kindsOf({ $defs: { FieldSpec: { oneOf: [variant] } } }, "zh")
  expect(kind?.label).toBe("金额")
  expect(kind?.settings.map((one) => `${one.name} ${one.control}`)).toEqual([
    "decimals whole",
    "relation text",
    "on_delete choice",
  ])
})

import { expect, it } from "vitest"
import { linesSent } from "./lines"
import { Catalog, type FieldMeta, type ObjectMeta, type Value } from "./meta"

const field = (key: string, more: Partial<FieldMeta> = {}) =>
  ({ key, kind: "text", settings: {}, create: true, update: true, ...more }) as FieldMeta
const object = (key: string, fields: FieldMeta[]) => ({ key, fields }) as ObjectMeta

const LINE = object("line", [
  field("order"),
  field("name"),
  field("price", { update: false }),
  field("amount", { create: false, update: false }),
])
const ORDER = object("order", [
  field("number"),
  field("lines", { kind: "children", object: "line", settings: { field: "order" } }),
])
const KNOWN = new Catalog([ORDER, LINE])

it("sends of a line what may be written of it, and which one it is", () => {
  const lines: Value[] = [
    { id: "1", order: "o", name: "a", price: "2", amount: "4", version: 1, "product.name": "x" },
    { name: "b", price: "3" },
  ]

  expect(linesSent(KNOWN, ORDER, { number: "7", lines })).toEqual({
    number: "7",
    lines: [
      { id: "1", name: "a" },
      { name: "b", price: "3" },
    ],
  })
})

import { describe, expect, it } from "vitest"
import type { FieldMeta, ObjectMeta } from "./meta"
import { apartBy, columnsOf } from "./shape"

function option(key: string, indexed: boolean): FieldMeta {
  return { key, kind: "option", type: "text", indexed, options: [{}, {}, {}] } as FieldMeta
}

function plain(key: string, kind: string): FieldMeta {
  return { key, kind, type: kind, options: [] as unknown } as FieldMeta
}

function object(...fields: FieldMeta[]): ObjectMeta {
  const all = [plain("name", "text"), ...fields]
  return { key: "deal", title: "name", fields: all, relations: [] } as never
}

describe("the columns of a table nobody has arranged", () => {
  it("shows of the options those that lists are filtered by", () => {
    const deal = object(
      option("lost_reason", false),
      option("stage", true),
      option("level", true),
      plain("amount", "money"),
      plain("phone", "phone"),
    )

    expect(columnsOf(deal)).toEqual(["name", "stage", "level", "amount", "phone"])
  })

  it("shows any, as long as nobody said by which", () => {
    const deal = object(option("colour", false), option("shape", false))

    expect(columnsOf(deal)).toEqual(["name", "colour", "shape"])
  })
})

it("tells records of one name apart by the first telephone, the region and the owner", () => {
  const customer = object(
    plain("owner", "user"),
    plain("region", "region"),
    plain("phone", "phone"),
    plain("fax", "phone"),
  )

  expect(apartBy(customer).map((one) => one.key)).toEqual(["phone", "region", "owner"])
  expect(apartBy(object())).toEqual([])
})

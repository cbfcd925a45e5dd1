import { expect, it } from "vitest"
import { Catalog, type FieldMeta, type ObjectMeta } from "../meta"
import { type Callable, completions, pieces } from "./complete"

function field(key: string, label: string, more: Partial<FieldMeta> = {}): FieldMeta {
  const plain = { kind: "text", type: "text", help: "", required: false, unique: false }
  const rest = {
    system: false,
    ordered: true,
    searched: false,
    indexed: false,
    operators: [],
    object: null,
  }
  const level = { settings: {}, options: [], level: "write" as const, create: true, update: true }
  return { key, label, ...plain, ...rest, ...level, ...more }
}

const GENRES = [{ key: "novel", label: "小说", color: "", stopped: false }]
const may = {} as ObjectMeta["may"]
const book: ObjectMeta = {
  key: "book",
  label: "图书",
  plural: "图书",
  title: "title",
  order: [],
  may,
  fields: [
    field("title", "书名"),
    field("price", "定价", { type: "money" }),
    field("genre", "类别", { type: "option", options: GENRES }),
    field("owner", "负责人", { type: "user", object: "user" }),
  ],
  relations: [{ key: "loans", object: "loan", field: "book", label: "借阅" }],
}
const loan: ObjectMeta = {
  ...book,
  key: "loan",
  fields: [field("fee", "费用"), field("book", "图书", { type: "record", object: "book" })],
  relations: [],
}
const scene = { object: "book", catalog: new Catalog([book, loan]), say: (zh: string) => zh }
const calls: Callable[] = ["SUM", "SQRT"].map((name) => ({
  name,
  group: "",
  usage: `${name}(x)`,
  doc: "",
  event: false,
  examples: [],
}))

function offered(text: string): string[] {
  return completions(text, text.length, scene, calls).map((one) => one.insert)
}

it.each([
  ["pr", ["price"]],
  ["定", ["price"]],
  ["SQ", ["SQRT("]],
  ["owner.ma", ["manager"]],
  ["owner.manager.na", ["name", "manager"]],
  ["SUM(loa", ["loans"]],
  ["SUM(loans.fe", ["fee"]],
  ["SUM(loans.fee, fe", ["fee"]],
  ["SUM(loans.fee, book.ti", ["title"]],
  ["SUM(loans.fee, true) + pri", ["price"]],
  ['genre = "', ['"novel"']],
  ['genre in ["小', ['"novel"']],
  ['title = "pr', []],
  ["nothing.x", []],
  ["price ", []],
  ["not ", ["title", "price", "genre", "owner", "loans"]],
])("after %s comes %j", (text, expected) => {
  expect(offered(text)).toEqual(expected)
})

it("takes an expression apart, sound or not", () => {
  expect(pieces('IF(price > 1.5, "x').map((one) => `${one.kind} ${one.text}`)).toEqual([
    "call IF",
    "sign (",
    "name price",
    "sign >",
    "number 1.5",
    "sign ,",
    'text "x',
  ])
})

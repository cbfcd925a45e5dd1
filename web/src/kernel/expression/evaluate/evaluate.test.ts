/** The vectors that hold the server's language hold the browser's: the same lines, the same values. */

import { expect, it } from "vitest"
import emptiness from "../../../../../tests/golden/lang/emptiness.txt?raw"
import functions from "../../../../../tests/golden/lang/functions.txt?raw"
import { Catalog, type FieldMeta, type ObjectMeta } from "../../meta"
import { evaluated, evaluatedText, type Ground } from "./evaluate"

function pairs(text: string): [string, string][] {
  const kept = text.split("\n").filter((one) => one !== "" && !one.startsWith("#"))
  return kept.flatMap((one, at): [string, string][] =>
    one.startsWith("=> ") ? [[kept[at - 1] ?? "", one.slice(3)]] : [],
  )
}

const GENRES = [
  ["novel", "小说"],
  ["history", "历史"],
  ["诗歌", "诗歌"],
].map(([key = "", label = ""]) => ({ key, label, color: "", stopped: false }))

function field(key: string, type: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return { key, type, kind: type, label: key, object: null, options: [], ...more } as FieldMeta
}

function object(key: string, fields: FieldMeta[], relations: ObjectMeta["relations"] = []) {
  return { key, label: key, plural: key, title: "title", order: [], fields, relations } as never
}

const BOOK = object(
  "book",
  [
    ...["title", "subtitle"].map((key) => field(key, "text")),
    field("genre", "option", { options: GENRES }),
    field("themes", "options", { options: GENRES }),
    field("tags", "list"),
    ...["price", "weight", "worth", "pages", "discount"].map((key) => field(key, "number")),
    ...["published", "bought"].map((key) => field(key, "date")),
    field("seen_at", "datetime"),
    field("rare", "boolean"),
    field("printed_in", "region"),
    field("keepers", "users"),
    field("owner", "user", { object: "user" }),
  ],
  [
    { key: "loans", object: "loan", field: "book", label: "借阅" },
    { key: "fans", object: "reader", field: "favourites", label: "读者" },
  ],
)
const LOAN = object("loan", [
  field("due", "date"),
  field("fee", "money"),
  field("state", "option", { options: [] }),
  field("reader", "record", { object: "reader" }),
])
const READER = object("reader", [field("name", "text")])

const ME = "0198c1c0-0000-7000-8000-000000000001"
const ROOM = "0198c1c0-0000-7000-8000-00000000000b"
const OTHER = "0198c1c0-0000-7000-8000-000000000002"
const FULL = {
  title: "三体 50%",
  subtitle: "黑暗森林",
  genre: "novel",
  themes: ["novel", "history"],
  tags: ["新", "热门"],
  price: "20.00",
  worth: "15",
  pages: 300,
  weight: "0.500",
  discount: "0.25",
  published: "2026-01-31",
  bought: "2026-02-28",
  seen_at: "2026-01-31T23:30:00+08:00",
  rare: true,
  printed_in: "浙江省/杭州市/西湖区",
  keepers: [
    { id: ME, title: "王芳" },
    { id: OTHER, title: "李明" },
  ],
  owner: ME,
  "owner.name": "王芳",
  "owner.manager": null,
  loans: [
    { due: "2026-01-10", fee: "1.50", state: "returned", reader: "1", "reader.name": "老张" },
    { due: "2026-03-01", fee: "5.00", state: null, reader: "2", "reader.name": "小张" },
    { due: "2026-02-01", fee: null, state: "open", reader: "2", "reader.name": "小张" },
  ],
  fans: [{ name: "老张" }, { name: "小张" }],
}
const BARE = Object.fromEntries(
  Object.keys(FULL).map((key) => [key, key === "loans" || key === "fans" ? [] : null]),
)

const catalog = new Catalog([BOOK, LOAN, READER])
function ground(record: Ground["record"]): Ground {
  const asker = { id: ME, department: ROOM, departments: [ROOM], roles: ["librarian"] }
  const scene = { object: "book", catalog, say: (zh: string) => zh }
  return { scene, record, now: new Date("2026-11-22T03:00:00Z"), zone: 480, asker }
}

/** Only the server reads pinyin and knows the region codes, who shares what, who is above whom. */
const ELSEWHERE = /PINYIN|IN_TEAM|SHARED_WITH_ME|MY_SUBORDINATES|REGION_CODE/

it.each(pairs(emptiness))("%s gives %s", (text, expected) => {
  const gives = [FULL, BARE].map((one) => evaluatedText(text, ground(one)) ?? "empty")
  expect(gives.join(" | ")).toBe(expected)
})

it.each(pairs(functions).filter(([text]) => !ELSEWHERE.test(text)))(
  "%s gives %s",
  (text, gives) => {
    expect(evaluatedText(text, ground(FULL)) ?? "empty").toBe(gives)
  },
)

it.each(pairs(functions).filter(([text]) => ELSEWHERE.test(text)))(
  "%s is left to the server",
  (text) => {
    expect(evaluated(text, ground(FULL))).toBeUndefined()
  },
)

it.each([
  ["0.1 + 0.2", "0.3"],
  ["2 / 3", "0.66666666666666666667"],
  ["published in last month", false],
  ["published in last 300 days", true],
  ["seen_at in last 2 hours", false],
  ["NOW() in this year", true],
  ["published < this year", false],
  ["published >= this year", true],
  ["not_there > 1", undefined],
  ["owner.department.name", undefined],
])("%s gives %s", (text, gives) => {
  expect(evaluated(text, ground(FULL))).toBe(gives)
})

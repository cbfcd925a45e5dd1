import { describe, expect, it } from "vitest"
import { ago, byDay, counted, type Notification, placeOf } from "./notifications"

const LINE: Notification = {
  id: "n1",
  kind: "given",
  at: "2026-11-22T09:00:00",
  read: false,
  says: "",
  actor: null,
  object: "customer",
  count: 1,
  records: [{ id: "r1", title: "海纳" }],
  job: null,
  state: null,
}
const NOW = new Date("2026-11-22T10:30:00")

describe("where a line leads", () => {
  it.each<[string, Partial<Notification>, ReturnType<typeof placeOf>]>([
    ["one record", {}, { at: "record", object: "customer", id: "r1" }],
    ["many records", { count: 12 }, { at: "mine", object: "customer" }],
    ["a hidden record", { records: [] }, undefined],
    ["a request", { kind: "request" }, { at: "home" }],
    ["an answer", { kind: "answer" }, { at: "record", object: "customer", id: "r1" }],
    [
      "a view",
      { kind: "shared", object: "view", records: [{ id: "v1", title: "", object: "lead" }] },
      { at: "view", object: "lead", id: "v1" },
    ],
    ["a view that is gone", { kind: "shared", object: "view", records: [] }, undefined],
    ["a file", { kind: "export", state: "done" }, { at: "file", id: "r1" }],
    ["no file", { kind: "export", state: "refused" }, undefined],
    [
      "an import",
      { kind: "job", job: "import.undo" },
      { at: "import", object: "customer", id: "r1" },
    ],
    ["a run", { kind: "job", job: "identity" }, { at: "duplicates" }],
    ["a standard run", { kind: "job", job: "standardize" }, undefined],
  ])("%s", (_, given, place) => {
    expect(placeOf({ ...LINE, ...given })).toEqual(place)
  })
})

it("puts lines under their days", () => {
  const lines = ["2026-11-22T09:00:00", "2026-11-22T08:00:00", "2026-11-21T23:59:00"]
  const days = byDay(
    lines.map((at) => ({ ...LINE, at })),
    "zh",
    NOW,
  )

  expect(days.map((one) => [one.label, one.lines.length])).toEqual([
    ["今天", 2],
    ["昨天", 1],
  ])
})

it.each([
  ["2026-11-22T10:29:30", "刚刚"],
  ["2026-11-22T10:25:00", "5分钟前"],
  ["2026-11-22T08:00:00", "2小时前"],
  ["2026-11-21T08:05:00", "08:05"],
])("says how long ago %s was", (at, says) => {
  expect(ago(at, "zh", NOW, "刚刚").replace(/\s/g, "")).toBe(says)
})

it.each([
  [1, "1"],
  [99, "99"],
  [100, "99+"],
])("writes %d on the bell", (unread, says) => {
  expect(counted(unread)).toBe(says)
})

import { expect, it } from "vitest"
import { parse } from "./expression/read"
import { written } from "./expression/write"
import { complete, filterOf, treeOf } from "./filter"

it.each([
  'level in ["A", "B"] and annual_revenue >= 50000000 and last_activity_at in last 7 days',
  'region = "华东" or not name contains "测试"',
  "owner in [ME()] and email is empty",
  "amount between 1 and 2",
  "EXISTS(orders) and not EXISTS(contracts)",
  'not tags has any ["重点"]',
  'EXISTS(opportunities, stage = "谈判" and amount > 100000)',
  "not EXISTS(activities, at in last 30 days)",
  'COUNT(orders, amount >= 1 or status = "x") >= 3 and level in ["A"]',
  "COUNT(contacts) = 0",
  "EXISTS(orders, EXISTS(lines, quantity > 3))",
])("%s is rows, and the rows are it again", (text) => {
  const filter = filterOf(parse(text))

  expect(filter).toBeDefined()
  expect(written((filter && treeOf(filter)) ?? null)).toBe(text)
})

it.each([
  "SUM(orders.amount) > 3",
  "a = 1 and (b = 2 or c = 3)",
  "a = b",
  "not a = 1",
  "COUNT(a) > b",
  "EXISTS(a, b = c)",
])("%s says more than rows can", (text) => {
  expect(filterOf(parse(text))).toBeUndefined()
})

it("does not ask what is only half said", () => {
  const half = { field: "level", test: "in", value: [] } as const

  expect(complete({ ...half, value: [] })).toBe(false)
  expect(treeOf({ join: "and", conditions: [{ ...half, value: [] }] })).toBeUndefined()
  expect(complete({ field: "a", test: "between", value: [1, ""] })).toBe(false)
})

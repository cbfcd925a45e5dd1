/** What an expression reckons with: values that know their type; null is empty. */

import type { Value } from "../../meta"
import type { Named } from "../names"
import { dayAt, iso, length, midnight, read, type Span } from "./days"
import { compared, type Decimal, decimal, written } from "./decimal"

export type Held =
  | null
  | { is: "text"; text: string; of?: Named }
  | { is: "number"; number: Decimal }
  | { is: "boolean"; truth: boolean }
  | { is: "day"; day: number }
  | { is: "moment"; moment: number }
  | { is: "span"; span: Span }
  | { is: "region"; path: string }
  | { is: "record"; id: string; title?: string }
  | { is: "list"; items: string[]; of?: Named; titles?: Record<string, string> }
  | { is: "many"; records: readonly Bag[]; object: string }

export type Bag = { readonly [key: string]: unknown }

/** What the browser cannot know; the server can. */
export class Unknown extends Error {}

export function text(said: string | null, of?: Named): Held {
  return said === null || said === "" ? null : { is: "text", text: said, of }
}

export function number(one: Decimal | null | undefined): Held {
  return one ? { is: "number", number: one } : null
}

export function truth(held: boolean): Held {
  return { is: "boolean", truth: held }
}

export function list(items: string[], of?: Named): Held {
  return items.length ? { is: "list", items, of } : null
}

const NUMBERS = new Set(["number", "money", "percent"])
const POINTERS = new Set(["user", "department", "record", "id"])

/** A value as JSON has it, in the type of its field. */
export function fromJson(value: unknown, field: Named, zone: number, title?: unknown): Held {
  if (value === null || value === undefined || value === "") return null
  if (NUMBERS.has(field.type)) return number(decimal(value as string | number))
  if (field.type === "boolean") return truth(value === true)
  if (field.type === "date" || field.type === "datetime") return timed(String(value), zone)
  if (field.type === "region") return { is: "region", path: String(value) }
  if (Array.isArray(value)) return fromList(value, field)
  if (POINTERS.has(field.type))
    return { is: "record", id: String(value), title: typeof title === "string" ? title : undefined }
  if (typeof value === "object") throw new Unknown()
  return text(String(value), field)
}

function fromList(value: unknown[], field: Named): Held {
  if (value.length === 0) return null
  const bags = value.filter((one): one is Bag => one !== null && typeof one === "object")
  if (field.many && bags.length === value.length)
    return { is: "many", records: bags, object: field.object ?? "" }
  const titles = Object.fromEntries(bags.map((one) => [String(one.id), String(one.title ?? "")]))
  const items = value.map((one) => String((one as Bag)?.id ?? one))
  return { is: "list", items, of: field, titles }
}

function timed(said: string, zone: number): Held {
  const found = read(said, zone)
  if (!found) throw new Unknown()
  return "day" in found ? { is: "day", day: found.day } : { is: "moment", moment: found.moment }
}

/** A value as JSON has it again. */
export function toJson(held: Held, zone: number): Value {
  if (held === null) return null
  switch (held.is) {
    case "number":
      return written(held.number)
    case "boolean":
      return held.truth
    case "list":
      return held.items
    case "record":
      return held.id
    case "moment":
      return new Date(held.moment).toISOString()
    case "span":
      return length(held.span) / 1000
    case "many":
      return held.records.length
  }
  return textOf(held, zone)
}

/** A value in words, as `&` joins them. */
export function textOf(held: Held, zone: number): string | null {
  if (held === null) return null
  switch (held.is) {
    case "text":
      return held.text
    case "number":
      return written(held.number)
    case "boolean":
      return held.truth ? "是" : "否"
    case "day":
      return iso(held.day)
    case "moment": {
      const local = new Date(held.moment + zone * 60_000).toISOString()
      return `${local.slice(0, 10)} ${local.slice(11, 16)}`
    }
    case "region":
      return held.path
    case "list":
      return held.items.join("、")
    case "record":
      if (held.title !== undefined) return held.title
      throw new Unknown()
  }
  throw new Unknown()
}

/** A text that is written beside a value of another type, in that type. */
export function beside(one: Held, other: Held, zone: number): Held {
  if (one?.is !== "text" || other === null) return one
  if (other.is === "number") return number(decimal(one.text)) ?? one
  if (other.is === "day" || other.is === "moment") {
    const found = read(one.text, zone)
    if (!found) return one
    return "day" in found ? { is: "day", day: found.day } : { is: "moment", moment: found.moment }
  }
  const options = other.is === "text" || other.is === "list" ? other.of?.options : undefined
  const option = options?.find((each) => each.key === one.text || each.label === one.text)
  return option ? { is: "text", text: option.key } : one
}

const LARGE: Record<string, string[]> = {
  华北: ["北京", "天津", "河北", "山西", "内蒙古"],
  东北: ["辽宁", "吉林", "黑龙江"],
  华东: ["上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"],
  华中: ["河南", "湖北", "湖南"],
  华南: ["广东", "广西", "海南"],
  西南: ["重庆", "四川", "贵州", "云南", "西藏"],
  西北: ["陕西", "甘肃", "青海", "宁夏", "新疆"],
}

/** Whether a region lies in another, or is it. */
function lies(path: string, place: string): boolean {
  const steps = path.split("/")
  const provinces = LARGE[place.replace(/(地区|大区|区)$/, "")]
  if (provinces) return provinces.some((one) => steps[0]?.startsWith(one))
  const wanted = place.split("/")
  const at = steps.findIndex((one) => one === wanted[0] || one.startsWith(wanted[0] ?? " "))
  return at !== -1 && wanted.every((one, n) => steps[at + n]?.startsWith(one))
}

/** `=`: empty is a value like any other. */
export function same(one: Held, other: Held, zone: number): boolean {
  const [left, right] = [beside(one, other, zone), beside(other, one, zone)]
  if (left === null || right === null) return left === right
  if (left.is === "record" || right.is === "record") return sameRecord(left, right)
  if (left.is === "region" && right.is === "text") return lies(left.path, right.text)
  if (right.is === "region" && left.is === "text") return lies(right.path, left.text)
  if (left.is === "list" && right.is === "list") return sameItems(left, right)
  if (left.is === "boolean" && right.is === "boolean") return left.truth === right.truth
  if (left.is === "moment" && right.is === "day") return dayAt(left.moment, zone) === right.day
  if (left.is === "day" && right.is === "moment") return dayAt(right.moment, zone) === left.day
  return left.is === right.is && textual(left) === textual(right)
}

function sameRecord(left: Exclude<Held, null>, right: Exclude<Held, null>): boolean {
  const [record, other] = left.is === "record" ? [left, right] : [right, left]
  if (record.is !== "record") return false
  if (other.is === "record") return record.id === other.id
  if (other.is !== "text") return false
  if (/^[0-9a-f]{8}-/.test(other.text)) return record.id === other.text
  if (record.title === undefined) throw new Unknown()
  return record.title === other.text
}

type Items = Extract<Held, { is: "list" }>

function sameItems(left: Items, right: Items): boolean {
  const [mine, theirs] = [keys(left, right), keys(right, left)]
  return mine.every((one) => theirs.includes(one)) && theirs.every((one) => mine.includes(one))
}

/** The items of a written list by the keys of the field beside it. */
export function keys(one: Items, other: Items): string[] {
  const options = one.of ? undefined : other.of?.options
  const called = Object.entries(other.titles ?? {})
  return one.items.map(
    (item) =>
      options?.find((each) => each.label === item)?.key ??
      called.find(([, title]) => title === item)?.[0] ??
      item,
  )
}

function textual(held: Exclude<Held, null>): string {
  switch (held.is) {
    case "number":
      return written(held.number)
    case "span":
      return String(length(held.span))
    case "day":
      return String(held.day)
    case "moment":
      return String(held.moment)
    case "text":
      return held.text
    case "region":
      return held.path
  }
  throw new Unknown()
}

/** How two values stand in order; nothing if one is empty. A day beside a moment counts whole. */
export function inOrder(op: string, one: Held, other: Held, zone: number): boolean {
  const [left, right] = [beside(one, other, zone), beside(other, one, zone)]
  if (left === null || right === null) return false
  if (left.is === "moment" && right.is === "day") {
    const [start, end] = [midnight(right.day, zone), midnight(right.day + 1, zone)]
    const at = left.moment
    return { "<": at < start, "<=": at < end, ">": at >= end, ">=": at >= start }[op] ?? false
  }
  if (left.is === "day" && right.is === "moment")
    return inOrder(FLIPPED[op] ?? op, right, left, zone)
  const by = ranked(left, right)
  return { "<": by < 0, "<=": by <= 0, ">": by > 0, ">=": by >= 0 }[op] ?? false
}

const FLIPPED: Record<string, string> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" }

export function ranked(left: Exclude<Held, null>, right: Exclude<Held, null>): number {
  if (left.is === "number" && right.is === "number") return compared(left.number, right.number)
  if (left.is === "day" && right.is === "day") return left.day - right.day
  if (left.is === "moment" && right.is === "moment") return left.moment - right.moment
  if (left.is === "span" && right.is === "span") return length(left.span) - length(right.span)
  if (left.is === "text" && right.is === "text")
    return left.text < right.text ? -1 : left.text > right.text ? 1 : 0
  throw new Unknown()
}

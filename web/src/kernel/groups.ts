/** Lines under the values of a field: how groups are asked for, called, and laid out one below the other. */

import { isoDay } from "./format"
import type { Language } from "./language"
import type { FieldMeta } from "./meta"

/** A group as the server counts it. */
export interface Group {
  /** The value, or where the stretch begins; nothing for the empty ones. */
  key: string | null
  label: string | null
  count: number
  /** The condition that finds its records. */
  where: string
  measures: Record<string, string | null>
}

export const GRAINS = ["day", "week", "month", "quarter", "year"] as const
export type Grain = (typeof GRAINS)[number]
export const MEASURES = ["SUM", "AVG", "MIN", "MAX"] as const

const TYPES = new Set([
  ...["text", "boolean", "option", "region", "number", "money", "percent"],
  ...["date", "datetime", "user", "department", "record"],
])
const FIGURES = new Set(["number", "money", "percent"])
const APART = new Set(["id", "version", "deleted_at"])

/** The fields lines can be grouped by: those of one value that is seen plainly. */
export function groupable(fields: readonly FieldMeta[]): FieldMeta[] {
  return fields.filter(
    (one) =>
      one.level !== "masked" &&
      one.ordered &&
      !one.unique &&
      !APART.has(one.key) &&
      TYPES.has(one.type),
  )
}

/** The fields that can be summed. */
export function summable(fields: readonly FieldMeta[]): FieldMeta[] {
  return fields.filter(
    (one) => one.level !== "masked" && FIGURES.has(one.type) && !APART.has(one.key),
  )
}

export function isDay(field: FieldMeta): boolean {
  return field.type === "date" || field.type === "datetime"
}

export function isFigured(field: FieldMeta): boolean {
  return FIGURES.has(field.type)
}

/** `created_at by month`: the field, and the stretches its values fall into. */
export interface By {
  field: FieldMeta
  grain: string
}

export function byOf(fields: readonly FieldMeta[], text: string | undefined): By | undefined {
  const [key, grain = ""] = (text ?? "").split(" by ")
  const field = groupable(fields).find((one) => one.key === key)
  if (!field) return
  if (isDay(field)) return { field, grain: GRAINS.find((one) => one === grain) ?? "month" }
  if (isFigured(field) && Number(grain) > 0) return { field, grain }
  return { field, grain: "" }
}

export function byText({ field, grain }: By): string {
  return grain ? `${field.key} by ${grain}` : field.key
}

/** `SUM(amount)` as its parts. */
export function measureOf(text: string): Measure | undefined {
  const found = /^(\w+)\((\w+)\)$/.exec(text)
  const what = MEASURES.find((one) => one === found?.[1])
  return what && { what, field: found?.[2] ?? "" }
}

export interface Measure {
  what: (typeof MEASURES)[number]
  field: string
}

/** What is summed where nobody chose: the amounts of money in sight. */
export function usualMeasures(columns: readonly FieldMeta[]): string[] {
  return summable(columns)
    .filter((one) => one.type === "money")
    .map((one) => `SUM(${one.key})`)
}

/** In which order groups stand where nobody chose: the last days first. */
export function usualOrder(by: By | undefined): string {
  return by && isDay(by.field) ? "-key" : "key"
}

/** An order of groups, nothing where it is by something that is not summed any more. */
export function orderWithout(order: string, measures: readonly string[]): string | undefined {
  const by = order.replace("-", "")
  return by.includes("(") && !measures.includes(by) ? undefined : order
}

/** Where the stretch begins that a value falls into: what puts lines under one head. */
export function stretchOf({ field, grain }: By, value: unknown): string {
  if (value === null || value === undefined || value === "") return ""
  if (isFigured(field) && grain) {
    const wide = Number(grain)
    return String(Math.floor(Number(value) / wide) * wide)
  }
  if (!isDay(field)) return String(value)
  const day = String(value).slice(0, 10)
  const [year = "", month = ""] = day.split("-")
  const at = new Date(`${day}T00:00:00`)
  switch (grain) {
    case "year":
      return `${year}-01-01`
    case "quarter":
      return `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, "0")}-01`
    case "month":
      return `${year}-${month}-01`
    case "week":
      at.setDate(at.getDate() - ((at.getDay() + 6) % 7))
      return isoDay(at)
    default:
      return day
  }
}

/** What a stretch of days is called. */
export function stretchName(start: string, grain: string, language: Language): string {
  const [year = "", month = "", day = ""] = start.split("-")
  const quarter = Math.floor((Number(month) + 2) / 3)
  const zh = language === "zh"
  switch (grain) {
    case "year":
      return zh ? `${Number(year)} 年` : year
    case "quarter":
      return zh ? `${year} 年第 ${quarter} 季度` : `Q${quarter} ${year}`
    case "month":
      return zh ? `${year} 年 ${Number(month)} 月` : `${year}-${month}`
    case "week": {
      const last = isoDay(new Date(Number(year), Number(month) - 1, Number(day) + 6))
      return zh ? `${start} 至 ${last}` : `${start} to ${last}`
    }
    default:
      return start
  }
}

/** The groups one below the other, each a head and, where it is open, its lines. */
export interface Laid {
  groups: readonly Group[]
  /** Where each head lies. */
  heads: number[]
  open: (group: number) => boolean
  length: number
}

export function laid(groups: readonly Group[], isOpen: (group: Group) => boolean): Laid {
  const heads: number[] = []
  const opened = groups.map(isOpen)
  let length = 0
  groups.forEach((group, number) => {
    heads.push(length)
    length += 1 + (opened[number] ? group.count : 0)
  })
  return { groups, heads, open: (group) => opened[group] ?? false, length }
}

export interface Place {
  group: number
  /** Which line of the group; the head is the one before the first. */
  line: number
}

/** What lies at a place; by halving, for there may be thousands of groups. */
export function placeAt({ heads, length }: Laid, index: number): Place | undefined {
  if (index < 0 || index >= length) return
  let [low, high] = [0, heads.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((heads[middle] ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return { group: low, line: index - (heads[low] ?? 0) - 1 }
}

/** A stretch of lines that one question brings. */
export interface GroupPiece {
  group: number
  piece: number
}

/** The pieces of groups that lie in a stretch of lines. */
export function groupPieces(all: Laid, from: number, to: number, size: number): GroupPiece[] {
  const found: GroupPiece[] = []
  let index = Math.max(0, from)
  const end = Math.min(to, all.length - 1)
  while (index <= end) {
    const place = placeAt(all, index)
    if (!place) break
    const piece = Math.floor(Math.max(0, place.line) / size)
    const head = all.heads[place.group] ?? 0
    const next = all.heads[place.group + 1] ?? all.length
    if (all.open(place.group) && (place.line >= 0 || index < end))
      found.push({ group: place.group, piece })
    index = all.open(place.group) ? Math.min(next, head + 1 + (piece + 1) * size) : next
  }
  return found
}

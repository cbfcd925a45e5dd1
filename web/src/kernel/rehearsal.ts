/** What a rehearsal says of the cells of a file, in words for people. */

import { amount, percent } from "./format"
import type { Language } from "./language"
import type { FieldMeta, Value } from "./meta"

export type CellState = "new" | "changed" | "same" | "conflict" | "unreadable"

/** How a cell is marked: what stands against it, what it changes, or that it says something new. */
export type Mark = "new" | "changed" | "conflict" | "unreadable"

export interface Tongue {
  language: Language
  yes: string
  no: string
  /** What somebody or something is called by its id; empty as long as nobody knows. */
  nameOf: (field: FieldMeta, id: string) => string | undefined
}

/** A value in standard form as people write it; empty where it has no words of its own. */
export function written(field: FieldMeta | undefined, value: Value, tongue: Tongue): string {
  if (value === null || value === "") return ""
  if (Array.isArray(value)) {
    return value
      .map((one) => written(field, one, tongue))
      .filter(Boolean)
      .join("、")
  }
  if (!field) return typeof value === "object" ? "" : String(value)
  if (field.object !== null) return tongue.nameOf(field, String(value)) ?? ""
  const option = field.options.find((one) => one.key === value)
  if (option) return option.label
  switch (field.type) {
    case "money":
    case "number":
      return amount(Number(value), tongue.language, field.settings.decimals).full
    case "percent":
      return percent(Number(value), tongue.language)
    case "datetime":
      return String(value)
        .replace("T", " ")
        .replace(/^(.{16}):\d\d.*$/, "$1")
        .replace(/ 00:00$/, "")
    case "boolean":
      return value === true ? tongue.yes : tongue.no
    default:
      return typeof value === "object" ? "" : String(value)
  }
}

const FIGURES = new Set(["money", "number", "percent"])
const DAYS = new Set(["date", "datetime"])

/** Whether the standard form says more than the cell as it came, not just in other signs. */
export function alters(field: FieldMeta | undefined, raw: Value, text: string): boolean {
  if (text === "") return false
  const cell = String(raw ?? "").trim()
  const close = (one: string) => one.replace(/\s+/g, "")
  if (close(cell) === close(text)) return false
  if (field?.type === "option" && cell && text.startsWith(cell)) return false
  if (field && FIGURES.has(field.type)) {
    const bare = (one: string) => Number(one.replace(/[¥￥$,，\s]/g, ""))
    return bare(cell) !== bare(text)
  }
  if (field && DAYS.has(field.type)) {
    const parts = (one: string) => (one.match(/\d+/g) ?? []).map(Number).join(" ")
    const rest = parts(cell).slice(parts(text).length)
    return !parts(cell).startsWith(parts(text)) || !/^[ 0]*$/.test(rest)
  }
  return true
}

/** How a cell is marked. In a line that is new as a whole no cell has to say that it is, too. */
export function markOf(state: CellState | null, fate: string): Mark | undefined {
  if (state === null || state === "same") return undefined
  return state === "new" && fate === "created" ? undefined : state
}

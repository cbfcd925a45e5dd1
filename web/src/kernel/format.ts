/** How values are written for people: amounts in 万 and 亿, days by their distance, moments. */

import type { Language } from "./language"
import { wallOf } from "./zone"

const WAN = 10_000
const YI = 100_000_000

const writers = new Map<string, Intl.NumberFormat>()

/** Making one takes longer than writing a hundred numbers with it, and a table writes thousands. */
function writer(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${language} ${options.style ?? ""} ${options.notation ?? ""} ${options.maximumFractionDigits}`
  const found = writers.get(name) ?? new Intl.NumberFormat(language, options)
  writers.set(name, found)
  return found
}

const distances = new Map<Language, Intl.RelativeTimeFormat>()

function distant(language: Language): Intl.RelativeTimeFormat {
  const found =
    distances.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: "auto" })
  distances.set(language, found)
  return found
}

/** A short amount and the whole one: 5,200 万 for 52,000,000.00. */
export function amount(
  value: number,
  language: Language,
  decimals = 2,
): { short: string; full: string } {
  const full = writer(language, { maximumFractionDigits: decimals }).format(value)
  const size = Math.abs(value)
  if (language === "en") {
    if (size < WAN * 10) return { short: full, full }
    const short = writer("en", { notation: "compact", maximumFractionDigits: 1 })
    return { short: short.format(value), full }
  }
  const [unit, name] = size >= YI ? [YI, " 亿"] : size >= WAN ? [WAN, " 万"] : [1, ""]
  if (unit === 1) return { short: full, full }
  const places = size / unit >= 100 ? 0 : 1
  return {
    short: writer("zh", { maximumFractionDigits: places }).format(value / unit) + name,
    full,
  }
}

export function percent(value: number, language: Language): string {
  return writer(language, { style: "percent", maximumFractionDigits: 2 }).format(value)
}

const DAY = 86_400_000

/** The calendar days between two wall dates; the past is negative. */
export function daysFrom(moment: Date, now: Date): number {
  const midnight = (one: Date) => Date.UTC(one.getFullYear(), one.getMonth(), one.getDate())
  return Math.round((midnight(moment) - midnight(now)) / DAY)
}

/** A day as people say it: 昨天, 3 天前, else the date. */
export function day(text: string, language: Language, now: Date): string {
  const moment = text.length === 10 ? new Date(`${text}T00:00:00`) : wallOf(new Date(text))
  if (Number.isNaN(moment.getTime())) return text
  const distance = daysFrom(moment, wallOf(now))
  if (Math.abs(distance) <= 7) {
    return distant(language).format(distance, "day")
  }
  return isoDay(moment)
}

/** The day of a wall date: 2026-11-22. */
export function isoDay(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0")
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** The time of day of a wall date: 09:05. */
export function clock(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`
}

/** A moment whole: 2026-11-22 09:05. */
export function whole(text: string): string {
  if (text.length <= 10) return text
  const moment = wallOf(new Date(text))
  return Number.isNaN(moment.getTime()) ? text : `${isoDay(moment)} ${clock(moment)}`
}

/** A moment as people say it: 今天 09:05, 昨天 17:30, else the date. */
export function moment(text: string, language: Language, now: Date): string {
  if (text.length <= 10) return day(text, language, now)
  const at = wallOf(new Date(text))
  if (Number.isNaN(at.getTime())) return text
  const said = day(text, language, now)
  return Math.abs(daysFrom(at, wallOf(now))) <= 1 ? `${said} ${clock(at)}` : said
}

/** The letters that stand for a person: 强 for 钱强 and 钱强(0013), JD for John Doe. */
export function initials(label: string): string {
  const name = label.replace(/\s*[((][^()()]*[))]\s*$/, "").trim() || label.trim()
  const words = name.split(/\s+/)
  if (/[\u4e00-\u9fff]/.test(name)) return name.slice(-1)
  return words
    .slice(0, 2)
    .map((one) => one.slice(0, 1).toUpperCase())
    .join("")
}

export const COLORS = [
  "grey",
  "red",
  "orange",
  "amber",
  "lime",
  "green",
  "teal",
  "cyan",
  "blue",
  "indigo",
  "violet",
  "pink",
]

/** One of the twelve soft colours: the one that is meant, or always the same for the same word. */
export function colorOf(word: string, meant = ""): string {
  if (COLORS.includes(meant)) return meant
  if (meant) return "grey"
  let sum = 0
  for (const letter of word) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return COLORS[1 + (sum % (COLORS.length - 1))] ?? "grey"
}

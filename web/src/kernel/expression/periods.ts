/** Durations and periods in both languages, brought to the words the language prints. */

const UNITS = ["minute", "hour", "day", "week", "month", "quarter", "year"]
const CHINESE_UNITS: Record<string, string> = {
  分钟: "minute",
  小时: "hour",
  天: "day",
  日: "day",
  周: "week",
  月: "month",
  季度: "quarter",
  年: "year",
}
const DAYS: Record<string, string> = { 今天: "today", 昨天: "yesterday", 明天: "tomorrow" }
const TURNS: Record<string, string> = {
  本: "this",
  今: "this",
  上: "last",
  去: "last",
  下: "next",
  明: "next",
}
const STRETCHES: Record<string, string> = { 最近: "last", 近: "last", 未来: "next" }

function unit(word: string): string | undefined {
  const low = word.toLowerCase()
  return CHINESE_UNITS[low.replace(/^个/, "")] ?? UNITS.find((one) => one === low.replace(/s$/, ""))
}

function counted(amount: string, of: string): string {
  return `${Number(amount)} ${of}${Number(amount) === 1 ? "" : "s"}`
}

export function duration(text: string): string | undefined {
  const found = /^(\d+)\s*([\p{L}]+)$/u.exec(text.trim())
  const of = found?.[2] && unit(found[2])
  return found?.[1] && of ? counted(found[1], of) : undefined
}

export function period(text: string): string | undefined {
  const low = text.toLowerCase().trim().replace(/\s+/g, " ")
  const today = DAYS[low] ?? low
  if (["today", "yesterday", "tomorrow"].includes(today)) return today
  const stretch = /^(last|next|最近|近|未来)\s*(\d+)\s*(\p{L}+)$/u.exec(low)
  if (stretch?.[1] && stretch[2] && stretch[3]) {
    const of = unit(stretch[3])
    return of && `${STRETCHES[stretch[1]] ?? stretch[1]} ${counted(stretch[2], of)}`
  }
  const calendar =
    /^(this|last|next) ([a-z]+)$/.exec(low) ?? /^([本今上去下明])个?(周|月|季度|年)$/.exec(low)
  const of = calendar?.[2] && unit(calendar[2])
  return calendar?.[1] && of ? `${TURNS[calendar[1]] ?? calendar[1]} ${of}` : undefined
}

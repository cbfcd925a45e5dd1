/** What somebody was told of: the lines of the bell, day by day, and where each of them leads. */

import { clock, day, daysFrom } from "./format"
import type { Language } from "./language"

export interface Notification {
  id: string
  kind: string
  at: string
  read: boolean
  says: string
  actor: { id: string; name: string } | null
  object: string
  count: number
  records: { id: string; title: string | null; object?: string }[]
  job: string | null
  state: string | null
}

/** Where a line leads; `undefined`: nowhere, there is nothing more to see of it. */
export type Place =
  | { at: "record"; object: string; id: string }
  | { at: "mine"; object: string }
  | { at: "view"; object: string; id: string }
  | { at: "import"; object: string; id: string }
  | { at: "file"; id: string }
  | { at: "jobs" }
  | { at: "home" | "approvals" | "duplicates" | "people" }

export function placeOf(line: Notification): Place | undefined {
  const first = line.records[0]
  switch (line.kind) {
    case "request":
      return { at: "home" }
    case "approval":
      return { at: "approvals" }
    case "export":
      return first && line.state === "done" ? { at: "file", id: first.id } : undefined
    case "job":
      return jobPlace(line)
  }
  if (!first) return undefined
  if (line.object === "view")
    return first.object ? { at: "view", object: first.object, id: first.id } : undefined
  if ((line.kind === "given" || line.kind === "due") && line.count > 1)
    return { at: "mine", object: line.object }
  return { at: "record", object: line.object, id: first.id }
}

function jobPlace(line: Notification): Place | undefined {
  const id = line.records[0]?.id
  switch (line.job?.split(".")[0]) {
    case "import":
      return id ? { at: "import", object: line.object, id } : undefined
    case "identity":
    case "merge":
      return { at: "duplicates" }
    case "handover":
      return { at: "people" }
    case "sweep":
      return { at: "jobs" }
  }
  return undefined
}

export interface Day {
  label: string
  lines: Notification[]
}

/** Lines by the day they came on, in the order in which they are given. */
export function byDay(lines: readonly Notification[], language: Language, now: Date): Day[] {
  const days = new Map<number, Day>()
  for (const line of lines) {
    const far = daysFrom(new Date(line.at), now)
    const known = days.get(far)
    if (known) known.lines.push(line)
    else days.set(far, { label: day(line.at, language, now), lines: [line] })
  }
  return [...days.values()]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How long ago: minutes within the hour, hours within the day, the time of day before. */
export function ago(text: string, language: Language, now: Date, justNow: string): string {
  const at = new Date(text)
  const past = now.getTime() - at.getTime()
  const said = new Intl.RelativeTimeFormat(language, { numeric: "always" })
  if (past < MINUTE) return justNow
  if (past < HOUR) return said.format(-Math.floor(past / MINUTE), "minute")
  if (daysFrom(at, now) === 0) return said.format(-Math.floor(past / HOUR), "hour")
  return clock(at)
}

/** The number on the bell; nobody counts further than that. */
export function counted(unread: number): string {
  return unread > 99 ? "99+" : String(unread)
}

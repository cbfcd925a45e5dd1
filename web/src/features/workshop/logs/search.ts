/** The state of the page of logs, as its address holds it. */

import { LOGS, type LogFilter, type LogName } from "../../../data/logs"

export interface LogsSearch {
  log?: LogName
  search?: string
  act?: string
  actor?: string
  object?: string
  from?: string
  until?: string
}

export function logsSearch(given: Record<string, unknown>): LogsSearch {
  const text = (one: unknown) =>
    one === undefined || one === "" || one === null ? undefined : String(one)
  return {
    log: LOGS.find((one) => one === given.log),
    search: text(given.search),
    act: text(given.act),
    actor: text(given.actor),
    object: text(given.object),
    from: text(given.from),
    until: text(given.until),
  }
}

/** What the server is asked: days become the moments at which they begin and end here. */
export function filterOf(search: LogsSearch): LogFilter {
  const { log: _, from, until, ...others } = search
  const moment = (day: string | undefined, time: string) => {
    const at = day ? new Date(`${day}T${time}`) : undefined
    return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
  }
  return { ...others, from: moment(from, "00:00:00"), until: moment(until, "23:59:59") }
}

import { useQuery } from "@tanstack/react-query"
import { Fragment, useState } from "react"
import type { LogEntry, LogName } from "../../../data/logs"
import { useLanguage } from "../../../data/preferences"
import { catalog } from "../../../data/recipes"
import { whole } from "../../../kernel/format"
import { useWay } from "../../../ui/account/Sessions"
import { PersonTag } from "../../../ui/chip"
import "../../../ui/lines.css"
import { useWords } from "../../../ui/words"
import { useActs } from "./acts"
import { apart, texted, whatOf } from "./model"

/** Entries of a log, newest first; what was and what is shows below the one that is opened. */
export function Entries({ log, items }: { log: LogName; items: readonly LogEntry[] }) {
  const say = useWords()
  const [open, setOpen] = useState<number>()
  const heads =
    log === "sign-ins"
      ? (["when", "who", "outcome", "way", "from.where"] as const)
      : (["when", "who", "act", "what", "from.where"] as const)
  return (
    <table className="lines lines-stack">
      <thead>
        <tr>
          {heads.map((one) => (
            <th key={one} scope="col">
              {say(`logs.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <Fragment key={one.seq}>
            <tr>
              <Line
                log={log}
                entry={one}
                open={open === one.seq}
                onTurn={() => setOpen(open === one.seq ? undefined : one.seq)}
              />
            </tr>
            {open === one.seq && (
              <tr className="logs-detail">
                <td colSpan={5}>
                  <Detail entry={one} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function Line({
  log,
  entry,
  open,
  onTurn,
}: {
  log: LogName
  entry: LogEntry
  open: boolean
  onTurn: () => void
}) {
  const say = useWords()
  const acts = useActs()
  const way = useWay()
  const { data: known } = useQuery(catalog())
  const who = entry.actor ?? entry.user
  const name = who?.name ?? entry.login ?? say("timeline.system")
  const when = (
    <button type="button" className="logs-turn" aria-expanded={open} onClick={onTurn}>
      {whole(entry.at)}
    </button>
  )
  const somebody = (
    <>
      <PersonTag name={name} />
      {entry.seen_by && <small className="soft"> {say("logs.seen")}</small>}
    </>
  )
  if (log === "sign-ins")
    return (
      <>
        <th scope="row">{when}</th>
        <td>{somebody}</td>
        <td data-bad={entry.outcome === "wrong" || entry.outcome === "locked" || undefined}>
          {acts(entry.outcome ?? "")}
        </td>
        <td>{way(entry.way ?? "")}</td>
        <td className="soft">{entry.ip}</td>
      </>
    )
  const object = entry.object ? (known?.object(entry.object)?.label ?? entry.object) : ""
  return (
    <>
      <th scope="row">{when}</th>
      <td>{somebody}</td>
      <td>{log === "changes" ? acts(`change.${entry.kind}`) : acts(entry.act ?? "")}</td>
      <td className="logs-what">
        {log === "changes" ? (
          <>
            <span className="soft">{object}</span>{" "}
            {entry.title && entry.object && entry.record ? (
              <a href={`/desk/${entry.object}/${entry.record}`}>{entry.title}</a>
            ) : (
              <span className="faint">{say("logs.unseen")}</span>
            )}
          </>
        ) : (
          <>
            <span title={entry.target}>{whatOf(entry, object)}</span>{" "}
            {entry.reason && <small>“{entry.reason}”</small>}
          </>
        )}
      </td>
      <td className="soft">{entry.ip || entry.source}</td>
    </>
  )
}

function Detail({ entry }: { entry: LogEntry }) {
  const say = useWords()
  const language = useLanguage()
  const { data: known } = useQuery(catalog())
  const fields = entry.object ? known?.object(entry.object)?.fields : undefined
  const named = (key: string) => fields?.find((one) => one.key === key)?.label ?? key
  const lines =
    entry.changes?.map((one) => ({ name: named(one.field), old: one.old, now: one.new })) ??
    apart(entry.old, entry.new)
  return (
    <div className="logs-inside" lang={language}>
      {lines.length > 0 && (
        <table className="logs-changes">
          <thead>
            <tr>
              <th scope="col">{say("logs.field")}</th>
              <th scope="col">{say("logs.old")}</th>
              <th scope="col">{say("logs.new")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>{texted(one.old)}</td>
                <td>{texted(one.now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="soft">
        #{entry.seq} {entry.act} {entry.source} {entry.agent}
      </p>
    </div>
  )
}

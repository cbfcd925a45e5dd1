import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useLanguage } from "../../../data/preferences"
import { type Change, type Moment, people, records } from "../../../data/recipes"
import { MentionedText } from "../../../fields/mentions/MentionedText"
import { Shown } from "../../../fields/show"
import { clock, day } from "../../../kernel/format"
import { fieldOf, titleOfRecord } from "../../../kernel/meta"
import { wallOf } from "../../../kernel/zone"
import { Button } from "../../../ui/button"
import { ObjectIcon } from "../../../ui/icons"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import "./timeline.css"

/** What happened to the record and to what belongs to it, the last thing first. */
export function Timeline(place: Place) {
  const say = useWords()
  const { object, record, known } = place
  const [kind, setKind] = useState("")
  const pages = useInfiniteQuery(records.timeline(object.key, record.id, kind))
  const all = useInfiniteQuery(records.timeline(object.key, record.id, ""))
  const met =
    all.data?.pages.flatMap((page) =>
      page.items.filter((one) => !one.event).map((one) => one.object),
    ) ?? []
  const kinds = [...new Set(met)].flatMap((one) => known.object(one) ?? [])
  const moments = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="timeline">
      <div className="timeline-kinds" role="group" aria-label={say("record.timeline")}>
        <Button small look="quiet" aria-pressed={kind === ""} onClick={() => setKind("")}>
          {say("list.all")}
        </Button>
        {kinds.map((one) => (
          <Button
            key={one.key}
            small
            look="quiet"
            aria-pressed={kind === one.key}
            onClick={() => setKind(one.key)}
          >
            {one.label}
          </Button>
        ))}
        <Button
          small
          look="quiet"
          aria-pressed={kind === "history"}
          onClick={() => setKind("history")}
        >
          {say("timeline.changes")}
        </Button>
      </div>
      {pages.isPending && <Bones lines={6} height={48} gap={16} />}
      {pages.error && <Trouble error={pages.error} retry={() => void pages.refetch()} />}
      {!pages.isPending && !pages.error && moments.length === 0 && (
        <Empty title={say("timeline.none")} />
      )}
      <Days moments={moments} place={place} />
      {pages.hasNextPage && (
        <Button
          look="quiet"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {say("do.load")}
        </Button>
      )}
    </div>
  )
}

function Days({ moments, place }: { moments: Moment[]; place: Place }) {
  const language = useLanguage()
  const now = new Date()
  const days = new Map<string, Moment[]>()
  for (const one of moments) {
    const said = day(one.at, language, now)
    days.set(said, [...(days.get(said) ?? []), one])
  }
  return (
    <ol className="days">
      {[...days].map(([said, those]) => (
        <li key={said}>
          <h3 className="day">{said}</h3>
          <ol>
            {those.map((one) => (
              <MomentShown key={`${one.kind}${one.id}${one.at}`} moment={one} place={place} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

function MomentShown({ moment, place }: { moment: Moment; place: Place }) {
  const say = useWords()
  const { data: everybody } = useQuery(people())
  const nameOf = (id: unknown) => everybody?.find((one) => one.id === id)?.name
  const { known } = place
  const object = known.object(moment.object)
  if (!object) return null
  const event = moment.event
  const who = event ? event.actor?.name : nameOf(moment.record?.owner)
  const at = <time className="faint">{clock(wallOf(new Date(moment.at)))}</time>
  if (event) {
    return (
      <li className="moment moment-change">
        <span className="moment-dot" aria-hidden="true" />
        <div className="moment-body">
          <p className="moment-head">
            {at} <strong>{who ?? say("timeline.system")}</strong>{" "}
            <span className="soft">
              {moment.object === place.object.key ? "" : `${object.label} · `}
              {event.kind === "created" ? say("timeline.created") : say("timeline.changed")}
            </span>
          </p>
          {event.kind !== "created" && (
            <Changes changes={event.changes} object={moment.object} place={place} nameOf={nameOf} />
          )}
        </div>
      </li>
    )
  }
  const record = moment.record
  const title = fieldOf(object, object.title)
  const chips = record
    ? object.fields
        .filter((one) => ["option", "money", "rating"].includes(one.kind) && record[one.key])
        .slice(0, 3)
    : []
  return (
    <li className="moment">
      <span className="moment-icon" aria-hidden="true">
        <ObjectIcon name={object.icon} size={13} />
      </span>
      <div className="moment-body">
        <p className="moment-head">
          {at} <strong>{who}</strong> <span className="soft">{object.label}</span>{" "}
          {record &&
            chips.map((one) => <Shown key={one.key} field={one} value={record[one.key]} />)}
        </p>
        {record &&
          (title?.kind === "long_text" ? (
            <p className="moment-text">
              <MentionedText field={title} record={record} />
            </p>
          ) : (
            <Link
              to="/desk/$object/$id"
              params={{ object: object.key, id: moment.id }}
              className="value-link"
            >
              {titleOfRecord(object, record)}
            </Link>
          ))}
        {record && <Upcoming moment={moment} place={place} />}
      </div>
    </li>
  )
}

/** The next date and plan of a journal entry, if it has one. */
function Upcoming({ moment, place }: { moment: Moment; place: Place }) {
  const object = place.known.object(moment.object)
  const record = moment.record
  const orderedBy = object?.order[0]?.replace("-", "")
  if (!object || !record || fieldOf(object, object.title)?.kind !== "long_text") return null
  const date = object.fields.find(
    (one) => one.type === "datetime" && !one.system && one.key !== orderedBy && record[one.key],
  )
  const plan = object.fields.find((one) => one.kind === "text" && record[one.key])
  if (!date && !plan) return null
  return (
    <p className="moment-next soft">
      {date && (
        <>
          {date.label} <Shown field={date} value={record[date.key]} />
        </>
      )}
      {plan && <span> {String(record[plan.key])}</span>}
    </p>
  )
}

interface ChangesProps {
  changes: Change[]
  object: string
  place: Place
  nameOf: (id: unknown) => string | undefined
}

function Changes({ changes, object, place, nameOf }: ChangesProps) {
  const meta = place.known.object(object)
  return (
    <ul className="changes">
      {changes.slice(0, 6).map((one) => {
        const field = meta && fieldOf(meta, one.field)
        if (!field) return null
        return (
          <li key={one.field}>
            <span className="soft">{field.label}</span>{" "}
            <Shown field={field} value={one.old} name={nameOf(one.old)} nameOf={nameOf} />
            <span className="faint"> → </span>
            <Shown field={field} value={one.new} name={nameOf(one.new)} nameOf={nameOf} />
          </li>
        )
      })}
    </ul>
  )
}

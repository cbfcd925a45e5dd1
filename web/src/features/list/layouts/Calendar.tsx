import {
  DndContext,
  type DragEndEvent,
  PointerSensor,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { useInfiniteQuery } from "@tanstack/react-query"
import { ChevronLeft, ChevronRight, Plus } from "lucide-react"
import { useState } from "react"
import { useLanguage } from "../../../data/preferences"
import { records } from "../../../data/recipes"
import { isoDay } from "../../../kernel/format"
import type { FieldMeta, RecordData } from "../../../kernel/meta"
import { daysOf, type Month, monthOf, moved, onDay } from "../../../kernel/month"
import { stageOf } from "../../../kernel/shape"
import { momentOf, wallNow } from "../../../kernel/zone"
import { Button, IconButton } from "../../../ui/button"
import { useEntry } from "../../../ui/entry"
import { useNarrow } from "../../../ui/narrow"
import { Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { allOf } from "../search"
import type { ListState } from "../state"
import { useWriting } from "../writing"
import { Agenda } from "./Agenda"
import { Entry, nine } from "./DayEntry"
import { dated } from "./dated"
import "./layouts.css"

const MOST = 500
const SHOWN = 4

/** Records on the day a date of theirs says; dragged to another day they get that one. */
export function Calendar({ state, by }: { state: ListState; by: FieldMeta }) {
  const say = useWords()
  const language = useLanguage()
  const [month, setMonth] = useState<Month>(() => monthOf(wallNow()))
  const writing = useWriting(state)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }))
  const days = daysOf(month)
  const found = useDays(state, by, days)
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  const dayOf = (one: RecordData) => isoDay(dated(String(one[by.key])))
  const rowsOn = (day: Date) => rows.filter((one) => dayOf(one) === isoDay(day))
  const narrow = useNarrow()
  const title = new Intl.DateTimeFormat(language, { year: "numeric", month: "long" })
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short" })

  function dropped({ active, over }: DragEndEvent) {
    const record = active.data.current?.record as RecordData | undefined
    const day = over?.data.current?.day as Date | undefined
    if (record && day) writing.write(record, by, { value: onDay(String(record[by.key]), day) })
  }
  return (
    <section className="calendar" aria-label={by.label}>
      <header className="calendar-head">
        <IconButton label={say("calendar.before")} onClick={() => setMonth(moved(month, -1))}>
          <ChevronLeft size={18} />
        </IconButton>
        <h2>{title.format(new Date(month.year, month.month, 1))}</h2>
        <IconButton label={say("calendar.after")} onClick={() => setMonth(moved(month, 1))}>
          <ChevronRight size={18} />
        </IconButton>
        <Button small look="quiet" onClick={() => setMonth(monthOf(wallNow()))}>
          {say("period.today")}
        </Button>
        {found.hasNextPage && <span className="soft">{say("calendar.more", { n: MOST })}</span>}
      </header>
      {found.error && <Trouble error={found.error} />}
      <div className="calendar-week" aria-hidden="true">
        {days.slice(0, 7).map((one) => (
          <span key={one.getDay()}>{weekday.format(one)}</span>
        ))}
      </div>
      {narrow ? (
        <Agenda state={state} by={by} days={days} month={month} rowsOn={rowsOn} />
      ) : (
        <DndContext sensors={sensors} onDragEnd={dropped}>
          <div className="calendar-days" aria-busy={found.isPending}>
            {days.map((day) => (
              <Day
                key={isoDay(day)}
                state={state}
                by={by}
                day={day}
                inside={day.getMonth() === month.month}
                rows={rowsOn(day)}
              />
            ))}
          </div>
        </DndContext>
      )}
    </section>
  )
}

function useDays(state: ListState, by: FieldMeta, days: Date[]) {
  const { object } = state
  const [first, last] = [days[0] ?? new Date(), days.at(-1) ?? new Date()]
  const end = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1)
  const word = (day: Date) => (by.type === "date" ? isoDay(day) : momentOf(day).toISOString())
  const within = `${by.key} >= "${word(first)}" and ${by.key} < "${word(end)}"`
  const stage = stageOf(object)
  const select = ["id", "version", object.title, by.key, ...(stage ? [stage.key] : [])]
  return useInfiniteQuery(
    records.pages(object.key, {
      ...state.query,
      where: allOf(state.query.where, within),
      order: [by.key],
      select: [...new Set(select)],
      limit: MOST,
    }),
  )
}

interface DayProps {
  state: ListState
  by: FieldMeta
  day: Date
  inside: boolean
  rows: RecordData[]
}

function Day({ state, by, day, inside, rows }: DayProps) {
  const say = useWords()
  const entry = useEntry()
  const { object } = state
  const { setNodeRef, isOver } = useDroppable({ id: isoDay(day), data: { day } })
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, SHOWN)
  const adding = object.may.create && by.create
  return (
    <div
      ref={setNodeRef}
      className="calendar-day"
      data-inside={inside}
      data-over={isOver || undefined}
      data-today={isoDay(day) === isoDay(wallNow()) || undefined}
    >
      <div className="calendar-date">
        <span>{day.getDate()}</span>
        {adding && (
          <button
            type="button"
            className="calendar-add"
            aria-label={`${say("do.new.of", { object: object.label })} ${isoDay(day)}`}
            onClick={() =>
              entry.open({
                object: object.key,
                given: { [by.key]: by.type === "date" ? isoDay(day) : nine(day) },
              })
            }
          >
            <Plus size={13} />
          </button>
        )}
      </div>
      {shown.map((one) => (
        <Entry key={one.id} state={state} by={by} record={one} />
      ))}
      {rows.length > SHOWN && (
        <button type="button" className="calendar-rest" onClick={() => setAll(!all)}>
          {all ? say("calendar.less") : `+${rows.length - SHOWN}`}
        </button>
      )}
    </div>
  )
}

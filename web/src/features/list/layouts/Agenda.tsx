import { Plus } from "lucide-react"
import { useState } from "react"
import { useLanguage } from "../../../data/preferences"
import { isoDay } from "../../../kernel/format"
import type { FieldMeta, RecordData } from "../../../kernel/meta"
import type { Month } from "../../../kernel/month"
import { wallNow } from "../../../kernel/zone"
import { IconButton } from "../../../ui/button"
import { useEntry } from "../../../ui/entry"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import { Entry, nine } from "./DayEntry"

const DOTS = 3

interface Props {
  state: ListState
  by: FieldMeta
  days: readonly Date[]
  month: Month
  rowsOn: (day: Date) => RecordData[]
}

/** A month on a phone: days with dots, and under them what is on the day one touched. */
export function Agenda({ state, by, days, month, rowsOn }: Props) {
  const say = useWords()
  const language = useLanguage()
  const entry = useEntry()
  const { object } = state
  const [touched, setTouched] = useState(() => isoDay(wallNow()))
  const today = isoDay(wallNow())
  const inside = days.filter((one) => one.getMonth() === month.month)
  // A month that was turned to begins with its first day.
  const picked = days.find((one) => isoDay(one) === touched) ?? inside[0] ?? wallNow()
  const rows = rowsOn(picked)
  const name = new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "long" })
  const given = { [by.key]: by.type === "date" ? isoDay(picked) : nine(picked) }
  return (
    <>
      <div className="calendar-days">
        {days.map((day) => (
          <button
            key={isoDay(day)}
            type="button"
            className="calendar-pick"
            aria-pressed={isoDay(day) === isoDay(picked)}
            aria-label={`${name.format(day)} ${say("list.count", { n: rowsOn(day).length })}`}
            data-inside={day.getMonth() === month.month}
            data-today={isoDay(day) === today || undefined}
            onClick={() => setTouched(isoDay(day))}
          >
            <span>{day.getDate()}</span>
            <span className="calendar-dots">
              {rowsOn(day)
                .slice(0, DOTS)
                .map((one) => (
                  <span key={one.id} className="calendar-dot" />
                ))}
            </span>
          </button>
        ))}
      </div>
      <section className="calendar-agenda" aria-label={name.format(picked)}>
        <header>
          <h3>{name.format(picked)}</h3>
          {object.may.create && by.create && (
            <IconButton
              label={`${say("do.new.of", { object: object.label })} ${isoDay(picked)}`}
              onClick={() => entry.open({ object: object.key, given })}
            >
              <Plus size={18} />
            </IconButton>
          )}
        </header>
        {rows.length === 0 && <p className="soft">{say("calendar.nothing")}</p>}
        {rows.map((one) => (
          <Entry key={one.id} state={state} by={by} record={one} />
        ))}
      </section>
    </>
  )
}

import { CalendarDays, Images, KanbanSquare, Table2 } from "lucide-react"
import { IconButton } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import { datesOf, type Layout } from "../search"
import type { ListState } from "../state"
import "../layouts/layouts.css"

const ICONS = { table: Table2, board: KanbanSquare, calendar: CalendarDays, gallery: Images }

/** The ways to look at a list; the calendar asks by which date. */
export function Layouts({ state }: { state: ListState }) {
  const say = useWords()
  const now: Layout = state.search.layout ?? "table"
  const dates = datesOf(state.object)
  const offered: Layout[] = [
    "table",
    ...(state.by ? (["board"] as const) : []),
    ...(dates.length > 0 ? (["calendar"] as const) : []),
    "gallery",
  ]
  return (
    <>
      {now === "calendar" && (
        <select
          className="input calendar-by"
          aria-label={say("calendar.by")}
          value={state.day?.key}
          onChange={(event) => state.set({ by: event.target.value })}
        >
          {dates.map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </select>
      )}
      <div className="layouts" role="group" aria-label={say("list.layout")}>
        {offered.map((one) => {
          const Icon = ICONS[one]
          return (
            <IconButton
              key={one}
              label={say(`list.${one}`)}
              aria-pressed={one === now}
              onClick={() =>
                state.set({ layout: one === "table" ? undefined : one, by: undefined })
              }
            >
              <Icon size={15} />
            </IconButton>
          )
        })}
      </div>
    </>
  )
}

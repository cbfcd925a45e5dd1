import { CalendarDays, Group, Images, KanbanSquare, Table2 } from "lucide-react"
import { Button, IconButton } from "../../../ui/button"
import { Menu } from "../../../ui/float"
import { useWords } from "../../../ui/words"
import { datesOf, groupable, type Layout } from "../search"
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

/** By which field lines are grouped. */
export function GroupMenu({ state }: { state: ListState }) {
  const say = useWords()
  const fields = groupable(state.object.fields)
  if (fields.length === 0) return null
  const now = fields.find((one) => one.key === state.search.group)
  return (
    <Menu
      align="start"
      trigger={
        <Button look="quiet" small icon={<Group size={14} />} data-on={now !== undefined}>
          {now ? say("group.by", { field: now.label }) : say("group.title")}
        </Button>
      }
      items={[
        now !== undefined && {
          label: say("group.off"),
          run: () => state.set({ group: undefined }),
        },
        ...fields.map((one) => ({
          label: one.label,
          run: () => state.set({ group: one.key }),
        })),
      ]}
    />
  )
}

import { Group as GroupIcon } from "lucide-react"
import {
  byOf,
  byText,
  GRAINS,
  groupable,
  isDay,
  isFigured,
  MEASURES,
  measureOf,
  summable,
} from "../../../kernel/groups"
import { Button } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import "./groups.css"

/** By what lines are grouped, in which order groups stand, and what is summed of each. */
export function GroupMenu({ state }: { state: ListState }) {
  const say = useWords()
  const fields = groupable(state.object.fields)
  if (fields.length === 0) return null
  const { group: now } = state
  return (
    <Float
      label={say("group.title")}
      trigger={
        <Button look="quiet" small icon={<GroupIcon size={14} />} data-on={now !== undefined}>
          {now ? say("group.by", { field: now.field.label }) : say("group.title")}
        </Button>
      }
    >
      <div className="group-menu">
        <label>
          <span>{say("group.field")}</span>
          <select
            className="input"
            value={now?.field.key ?? ""}
            onChange={(event) => state.set({ group: begun(state, event.target.value) })}
          >
            <option value="">{say("group.off")}</option>
            {fields.map((one) => (
              <option key={one.key} value={one.key}>
                {one.label}
              </option>
            ))}
          </select>
        </label>
        {now && <Grain state={state} />}
        {now && <Order state={state} />}
        {now && <Measures state={state} />}
      </div>
    </Float>
  )
}

/** The address of a grouping; off where the view groups is said, too. */
function begun(state: ListState, key: string): string | undefined {
  if (key === "") return state.view?.id && state.view.group ? "-" : undefined
  const by = byOf(state.object.fields, key)
  return by && byText(by)
}

function Grain({ state }: { state: ListState }) {
  const say = useWords()
  const { group: now } = state
  if (!now) return null
  const set = (grain: string) => state.set({ group: byText({ ...now, grain }) })
  if (isDay(now.field))
    return (
      <label>
        <span>{say("group.grain")}</span>
        <select className="input" value={now.grain} onChange={(event) => set(event.target.value)}>
          {GRAINS.map((one) => (
            <option key={one} value={one}>
              {say(`grain.${one}`)}
            </option>
          ))}
        </select>
      </label>
    )
  if (!isFigured(now.field)) return null
  return (
    <label>
      <span>{say("group.band")}</span>
      <input
        className="input"
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        placeholder={say("group.band.none")}
        defaultValue={now.grain}
        onBlur={(event) => set(width(event.target.value))}
        onKeyDown={(event) => {
          if (event.key === "Enter") set(width(event.currentTarget.value))
        }}
      />
    </label>
  )
}

function width(text: string): string {
  return Number(text) > 0 ? text : ""
}

function Order({ state }: { state: ListState }) {
  const say = useWords()
  const field = state.group?.field.label ?? ""
  const known = [
    { key: "key", label: say("group.order.up", { field }) },
    { key: "-key", label: say("group.order.down", { field }) },
    { key: "-count", label: say("group.order.most") },
    { key: "count", label: say("group.order.least") },
    ...state.measures.map((one) => ({
      key: `-${one}`,
      label: say("group.order.sum", { sum: labelOf(state, one, say) }),
    })),
  ]
  return (
    <label>
      <span>{say("group.order")}</span>
      <select
        className="input"
        value={state.groupOrder}
        onChange={(event) => state.set({ groups: event.target.value })}
      >
        {known.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
}

type Say = ReturnType<typeof useWords>

function labelOf(state: ListState, text: string, say: Say): string {
  const measure = measureOf(text)
  const field = state.object.fields.find((one) => one.key === measure?.field)
  return `${field?.label ?? ""} ${measure ? say(`measure.${measure.what}`) : ""}`.trim()
}

function Measures({ state }: { state: ListState }) {
  const say = useWords()
  const fields = summable(state.object.fields)
  if (fields.length === 0) return null
  function set(key: string, what: string) {
    const others = state.measures.filter((one) => measureOf(one)?.field !== key)
    const next = what ? [...others, `${what}(${key})`] : others
    const ordered = state.groupOrder.replace("-", "")
    const lost = ordered.includes("(") && !next.includes(ordered)
    state.set({ sums: next.join(",") || "-", ...(lost ? { groups: undefined } : {}) })
  }
  return (
    <fieldset className="group-menu-sums">
      <legend>{say("group.sums")}</legend>
      {fields.map((field) => (
        <label key={field.key}>
          <span title={field.label}>{field.label}</span>
          <select
            className="input"
            value={
              state.measures.map(measureOf).find((one) => one?.field === field.key)?.what ?? ""
            }
            onChange={(event) => set(field.key, event.target.value)}
          >
            <option value="">{say("measure.none")}</option>
            {MEASURES.map((one) => (
              <option key={one} value={one}>
                {say(`measure.${one}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  )
}

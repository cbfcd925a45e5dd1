import { ChevronDown, ChevronRight } from "lucide-react"
import { type ComponentProps, memo } from "react"
import { useLanguage } from "../../../data/preferences"
import { amount, percent } from "../../../kernel/format"
import {
  type By,
  type Group,
  isDay,
  isFigured,
  measureOf,
  stretchName,
} from "../../../kernel/groups"
import { fieldOf } from "../../../kernel/meta"
import { Chip, PersonTag } from "../../../ui/chip"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import "./groups.css"

/** What a group is called: as its field shows the value. */
function GroupName({ by, group }: { by: By; group: Group }) {
  const say = useWords()
  const language = useLanguage()
  const { field, grain } = by
  const { key, label } = group
  if (key === null) return <span className="faint">{say("group.none")}</span>
  if (field.type === "option") {
    const option = field.options.find((one) => one.key === key)
    return <Chip word={option?.label ?? label ?? key} color={option?.color || "grey"} />
  }
  if (field.type === "boolean") {
    const yes = key === "true"
    return <Chip word={say(yes ? "value.yes" : "value.no")} color={yes ? "green" : "grey"} />
  }
  if (field.object && label === null) return <span className="faint">{say("group.unseen")}</span>
  if (field.type === "user") return <PersonTag name={label ?? key} />
  if (isDay(field)) return <span>{stretchName(key, grain, language)}</span>
  if (isFigured(field)) {
    const shown = (one: number) =>
      field.type === "percent" ? percent(one, language) : amount(one, language).short
    const from = Number(key)
    return <span>{grain ? `${shown(from)} – ${shown(from + Number(grain))}` : shown(from)}</span>
  }
  return <span className="clip">{label ?? key}</span>
}

/** The numbers of a group, each with what it is. */
function Sums({ state, group }: { state: ListState; group: Group }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <>
      {state.measures.map((one) => {
        const measure = measureOf(one)
        const field = measure && fieldOf(state.object, measure.field)
        const told = group.measures[one]
        if (!field || told === null || told === undefined) return null
        const value = Number(told)
        const shown =
          field.type === "percent"
            ? { short: percent(value, language), full: told }
            : amount(value, language)
        return (
          <span key={one} className="group-sum" title={shown.full}>
            <span className="soft">
              {field.label} {say(`measure.${measure.what}`)}
            </span>{" "}
            {shown.short}
          </span>
        )
      })}
    </>
  )
}

export interface HeadProps {
  state: ListState
  by: By
  group: Group
  open: boolean
  /** Where it lies among the lines. */
  row?: number
  onTurn: (group: Group, row: number) => void
}

type Attributes = Pick<ComponentProps<"button">, "tabIndex" | "aria-expanded">

/** The head of a group: what it is called, how many there are, what they sum up to. */
export function Head({
  state,
  by,
  group,
  open,
  row = 0,
  onTurn,
  ...button
}: HeadProps & Attributes) {
  const say = useWords()
  const Mark = open ? ChevronDown : ChevronRight
  return (
    <button type="button" className="group-head" onClick={() => onTurn(group, row)} {...button}>
      <Mark size={15} aria-hidden="true" />
      <span className="group-name">
        <GroupName by={by} group={group} />
      </span>
      <span className="soft group-count">
        {say("list.count", { n: group.count.toLocaleString() })}
      </span>
      <Sums state={state} group={group} />
    </button>
  )
}

/** The head among the lines. */
export const GroupHead = memo(function GroupHead(props: HeadProps & LineProps) {
  const { top, active, ...head } = props
  return (
    <div
      className="group-row"
      role="row"
      aria-rowindex={head.row + 2}
      aria-expanded={head.open}
      aria-level={1}
      data-active={active || undefined}
      tabIndex={-1}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="group-cell" tabIndex={-1}>
        <Head {...head} tabIndex={-1} />
      </div>
    </div>
  )
})

interface LineProps {
  row: number
  top: number
  active: boolean
}

/** The head of the group whose lines are at the top, for the eye and the mouse. */
export function StuckHead(head: HeadProps) {
  return (
    <div className="group-stuck" aria-hidden="true">
      <div className="group-row">
        <Head {...head} tabIndex={-1} />
      </div>
    </div>
  )
}

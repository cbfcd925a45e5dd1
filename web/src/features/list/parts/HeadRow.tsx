import { ArrowDown, ArrowUp } from "lucide-react"
import { isFigure } from "../../../fields/show"
import type { FieldMeta } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import { type ListState, orderings, orderText } from "../state"
import type { Widths } from "../widths"
import { pinnedAt } from "./Row"

interface Props {
  state: ListState
  template: string
  widths: Widths
  pins: readonly number[]
  all?: boolean
  onAll?: (on: boolean) => void
}

/** The head of the table: a click sorts, the edge changes the width. */
export function HeadRow({ state, template, widths, pins, all, onAll }: Props) {
  const say = useWords()
  return (
    <div
      className="grid-head"
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      style={{ gridTemplateColumns: template }}
    >
      <div className="grid-cell grid-pick" role="columnheader" tabIndex={-1}>
        {onAll && (
          <label>
            <input
              type="checkbox"
              aria-label={say("list.pick.all")}
              checked={all}
              onChange={(event) => onAll(event.target.checked)}
            />
          </label>
        )}
      </div>
      {state.columns.map((field, column) => (
        <Head
          key={field.key}
          state={state}
          field={field}
          widths={widths}
          pin={pinnedAt(pins, column)}
        />
      ))}
      <span role="presentation" />
    </div>
  )
}

interface HeadProps {
  state: ListState
  field: FieldMeta
  widths: Widths
  pin: ReturnType<typeof pinnedAt>
}

function Head({ state, field, widths, pin }: HeadProps) {
  const order = orderings(state.order)
  const here = order.find((one) => one.key === field.key)
  const sorted = here ? (here.down ? "descending" : "ascending") : "none"
  /** With Shift a field is added to the order, without it is the order. */
  function sort(more: boolean) {
    const down = here
      ? !here.down
      : ["number", "money", "percent", "date", "datetime"].includes(field.type)
    const others = more ? order.filter((one) => one !== here) : []
    state.set({ order: orderText([...others, { key: field.key, down }]) })
  }
  function drag(event: React.PointerEvent<HTMLSpanElement>) {
    const from = event.clientX
    const width = widths.of(field)
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = (move) => widths.set(field, width + move.clientX - from)
    handle.onpointerup = () => {
      handle.onpointermove = null
      widths.keep()
    }
  }
  return (
    <div
      className="grid-cell"
      role="columnheader"
      tabIndex={-1}
      aria-sort={sorted}
      {...pin}
      data-figure={isFigure(field)}
    >
      <button
        type="button"
        className="grid-sort"
        title={field.help || field.label}
        disabled={!field.ordered}
        onClick={(event) => sort(event.shiftKey)}
      >
        <span className="clip">{field.label}</span>
        {here &&
          (here.down ? (
            <ArrowDown size={12} aria-hidden="true" />
          ) : (
            <ArrowUp size={12} aria-hidden="true" />
          ))}
      </button>
      <span className="grid-edge" onPointerDown={drag} />
    </div>
  )
}

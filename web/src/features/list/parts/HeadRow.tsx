import { ArrowDown, ArrowUp } from "lucide-react"
import { isFigure } from "../../../fields/show"
import type { FieldMeta } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import { type ListState, orderings, orderText } from "../state"
import type { Widths } from "../widths"

interface Props {
  state: ListState
  template: string
  widths: Widths
  all: boolean
  onAll: (on: boolean) => void
}

/** The head of the table: a click sorts, the edge changes the width. */
export function HeadRow({ state, template, widths, all, onAll }: Props) {
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
        <label>
          <input
            type="checkbox"
            aria-label={say("list.pick.all")}
            checked={all}
            onChange={(event) => onAll(event.target.checked)}
          />
        </label>
      </div>
      {state.columns.map((field) => (
        <Head key={field.key} state={state} field={field} widths={widths} />
      ))}
      <span role="presentation" />
    </div>
  )
}

function Head({ state, field, widths }: { state: ListState; field: FieldMeta; widths: Widths }) {
  const first = orderings(state.order)[0]
  const here = first?.key === field.key ? first : undefined
  const sorted = here ? (here.down ? "descending" : "ascending") : "none"
  function sort() {
    const down = here
      ? !here.down
      : ["number", "money", "percent", "date", "datetime"].includes(field.type)
    state.set({ order: orderText([{ key: field.key, down }]) })
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
      data-figure={isFigure(field)}
    >
      <button
        type="button"
        className="grid-sort"
        title={field.help || field.label}
        disabled={!field.ordered}
        onClick={sort}
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

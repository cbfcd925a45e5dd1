import { memo } from "react"
import { isFigure, Shown } from "../../../fields/show"
import { type Choice, within } from "../../../kernel/grid"
import {
  type Catalog,
  type FieldMeta,
  type ObjectMeta,
  type RecordData,
  titleOfRecord,
} from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import type { Acts } from "../sheet"
import { CellEditor } from "./CellEditor"

interface Props {
  place: number
  top: number
  template: string
  record: RecordData
  columns: FieldMeta[]
  /** Where the columns begin that stay in sight. */
  pins: readonly number[]
  known: Catalog
  object: ObjectMeta
  /** What is chosen, if some of it lies in this line. */
  choice: Choice | undefined
  editing: boolean
  picked: boolean
  /** Whether it lies open beside the list. */
  peeked: boolean
  acts: Acts
}

/** One record as a line; it stays as it was drawn while others come into sight. */
export const Row = memo(function Row(props: Props) {
  const { place, top, template, record, columns, object, picked, acts } = props
  const say = useWords()
  const title = titleOfRecord(object, record)
  return (
    <div
      className="grid-row"
      role="row"
      tabIndex={-1}
      aria-rowindex={place + 2}
      aria-selected={picked}
      data-peeked={props.peeked || undefined}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
    >
      <div className="grid-cell grid-pick" role="gridcell" tabIndex={-1}>
        <label>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`${say("list.pick")} ${title}`}
            checked={picked}
            onChange={(event) => acts.pick(record.id, event.target.checked)}
          />
        </label>
      </div>
      {columns.map((field, column) => (
        <Cell key={field.key} {...props} field={field} column={column} title={title} />
      ))}
      <span role="presentation" />
    </div>
  )
})

/** What holds a cell in its place, if its column is pinned. */
export function pinnedAt(pins: readonly number[], column: number) {
  const left = pins[column]
  if (left === undefined) return
  return { "data-pinned": column === pins.length - 1 ? "last" : "", style: { left } }
}

function Cell(props: Props & { field: FieldMeta; column: number; title: string }) {
  const { place, record, known, object, choice, editing, field, column, title, pins, acts } = props
  const active = choice?.active.row === place && choice.active.column === column
  const writable = field.update && object.may.update && field.kind !== "children"
  const name = known.named(record, field)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the grid, for all of its cells
    <div
      className="grid-cell"
      role="gridcell"
      tabIndex={-1}
      aria-colindex={column + 2}
      data-figure={isFigure(field)}
      {...pinnedAt(pins, column)}
      data-active={active || undefined}
      data-chosen={within(choice, place, column) || undefined}
      data-writable={writable || undefined}
      onClick={(event) => acts.choose(place, column, event.shiftKey)}
      onDoubleClick={() => writable && acts.edit(true)}
    >
      {column === 0 ? (
        // A plain link: one that knows the router costs more than the rest of the line.
        <a
          href={`/desk/${object.key}/${record.id}`}
          className="grid-title clip"
          tabIndex={-1}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            acts.peek(record.id)
          }}
        >
          {title}
        </a>
      ) : (
        <Shown field={field} value={record[field.key]} name={name} />
      )}
      {active && editing && writable && (
        <CellEditor
          object={object}
          record={record}
          field={field}
          name={name}
          onDone={(value, called, along) => {
            acts.edit(false)
            if (value !== undefined) acts.write(record, field, { value, name: called, along })
          }}
        />
      )}
    </div>
  )
}

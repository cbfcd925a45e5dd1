import { memo } from "react"
import { isFigure, Shown } from "../../../fields/show"
import { type Choice, within } from "../../../kernel/grid"
import {
  type Catalog,
  type FieldMeta,
  type ObjectMeta,
  type RecordData,
  titleOfRecord,
  type Value,
} from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import { CellEditor } from "./CellEditor"

/** How high a line is, in pixels. */
export const ROW = 36

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
  choice: Choice | undefined
  editing: boolean
  picked?: boolean
  /** Without it nothing can be picked. */
  onPick?: (on: boolean) => void
  onChoose: (column: number, stretch: boolean) => void
  onEdit: (on: boolean) => void
  /** Whether it lies open beside the list. */
  peeked: boolean
  onPeek: () => void
  onWrite: (field: FieldMeta, value: Value, name?: string) => void
}

/** One record as a line. */
export const Row = memo(function Row(props: Props) {
  const { place, top, template, record, columns, object, picked } = props
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
        {props.onPick && (
          <label>
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`${say("list.pick")} ${title}`}
              checked={picked}
              onChange={(event) => props.onPick?.(event.target.checked)}
            />
          </label>
        )}
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
  const { place, record, known, object, choice, editing, field, column, title, pins } = props
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
      onClick={(event) => props.onChoose(column, event.shiftKey)}
      onDoubleClick={() => writable && props.onEdit(true)}
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
            props.onPeek()
          }}
        >
          {title}
        </a>
      ) : (
        <Shown field={field} value={record[field.key]} name={name} />
      )}
      {active && editing && writable && (
        <CellEditor
          field={field}
          value={record[field.key]}
          name={name}
          onDone={(value, called) => {
            props.onEdit(false)
            if (value !== undefined) props.onWrite(field, value, called)
          }}
        />
      )}
    </div>
  )
}

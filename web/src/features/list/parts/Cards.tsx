import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { catalog, records } from "../../../data/recipes"
import { isFigure, Shown } from "../../../fields/show"
import {
  type Catalog,
  type FieldMeta,
  type ObjectMeta,
  type RecordData,
  titleOfRecord,
} from "../../../kernel/meta"
import { useLongPress } from "../../../ui/long_press"
import { More, type Pages } from "../../../ui/more"
import { Bones, Trouble } from "../../../ui/states"
import { type Picking, usePicking } from "../picking"
import type { ListState } from "../state"
import { CardsHead } from "./CardsHead"
import { Nothing } from "./Nothing"

/** A list on a phone: one card for each record; they are picked after a long press on one of them. */
export function Cards({ state }: { state: ListState }) {
  const { object } = state
  const pages = useInfiniteQuery(
    records.pages(object.key, { ...state.query, select: state.selected }),
  )
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  const picking = usePicking(state, rows)
  const [choosing, setChoosing] = useState(false)
  if (pages.error) return <Trouble error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending)
    return (
      <div style={{ padding: 16 }}>
        <Bones lines={8} height={56} />
      </div>
    )
  if (rows.length === 0) return <Nothing state={state} />
  // What lies in the bin does not open.
  const chosen = state.bin || choosing || picking.size > 0
  return (
    <>
      <CardsHead state={state} picking={picking} choosing={chosen} onChoosing={setChoosing} />
      <ul className="cards">
        <CardLines state={state} rows={rows} of={pages} picking={picking} choosing={chosen} />
      </ul>
    </>
  )
}

export interface Choosing {
  picking: Picking
  /** Whether a touch picks instead of opening. */
  choosing: boolean
}

interface LinesProps extends Choosing {
  state: ListState
  rows: RecordData[]
  of: Pages
}

/** The cards of what was read so far, and the way on. */
export function CardLines({ state, rows, of, ...choosing }: LinesProps) {
  const { data: known } = useSuspenseQuery(catalog())
  return (
    <>
      {rows.map((record) => (
        <Card key={record.id} state={state} record={record} known={known} {...choosing} />
      ))}
      {of.hasNextPage && (
        <li>
          <More of={of} />
        </li>
      )}
    </>
  )
}

interface CardProps extends Choosing {
  state: ListState
  record: RecordData
  known: Catalog
}

function Card({ state, record, known, picking, choosing }: CardProps) {
  const { object, columns } = state
  const press = useLongPress(() => picking.turn(record.id, !picking.has(record.id)))
  const inside = <Inside object={object} columns={columns} record={record} known={known} />
  if (choosing)
    return (
      <li>
        <label className="card card-choice">
          <input
            type="checkbox"
            checked={picking.has(record.id)}
            onChange={(event) => picking.turn(record.id, event.target.checked)}
          />
          <span className="card-inside">{inside}</span>
        </label>
      </li>
    )
  return (
    <li>
      <Link
        to="/desk/$object/$id"
        params={{ object: object.key, id: record.id }}
        className="card"
        {...press}
      >
        {inside}
      </Link>
    </li>
  )
}

interface InsideProps {
  object: ObjectMeta
  columns: FieldMeta[]
  record: RecordData
  known: Catalog
}

function Inside({ object, columns, record, known }: InsideProps) {
  const facts = columns
    .slice(1, 6)
    .filter((field) => record[field.key] !== null && record[field.key] !== undefined)
  return (
    <>
      <strong className="clip">{titleOfRecord(object, record)}</strong>
      <span className="card-facts">
        {facts.map((field) => (
          <span key={field.key} className="clip">
            {/* A number says nothing without what it counts. */}
            {isFigure(field) && <span className="faint">{field.label} </span>}
            <Shown
              field={
                ["phone", "email", "url"].includes(field.kind) ? { ...field, kind: "text" } : field
              }
              value={record[field.key]}
              name={known.named(record, field)}
            />
          </span>
        ))}
      </span>
    </>
  )
}

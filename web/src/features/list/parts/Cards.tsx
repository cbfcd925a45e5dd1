import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { catalog, records } from "../../../data/recipes"
import { Shown } from "../../../fields/show"
import { type Catalog, type RecordData, titleOfRecord } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import { Nothing } from "./Nothing"

/** A list on a phone: one card for each record. */
export function Cards({ state }: { state: ListState }) {
  const say = useWords()
  const { object } = state
  const { data: known } = useSuspenseQuery(catalog())
  const pages = useInfiniteQuery(
    records.pages(object.key, { ...state.query, select: state.selected }),
  )
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (pages.error) return <Trouble error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending)
    return (
      <div style={{ padding: 16 }}>
        <Bones lines={8} height={56} />
      </div>
    )
  if (rows.length === 0) return <Nothing state={state} />
  return (
    <ul className="cards">
      {rows.map((record) => (
        <Card key={record.id} state={state} record={record} known={known} />
      ))}
      {pages.hasNextPage && (
        <li className="cards-more">
          <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {say("do.load")}
          </Button>
        </li>
      )}
    </ul>
  )
}

interface CardProps {
  state: ListState
  record: RecordData
  known: Catalog
}

/** One record as a card. */
export function Card({ state: { object, columns }, record, known }: CardProps) {
  const facts = columns
    .slice(1, 6)
    .filter((field) => record[field.key] !== null && record[field.key] !== undefined)
  return (
    <li>
      <Link to="/desk/$object/$id" params={{ object: object.key, id: record.id }} className="card">
        <strong className="clip">{titleOfRecord(object, record)}</strong>
        <span className="card-facts">
          {facts.map((field) => (
            <span key={field.key} className="clip">
              <Shown
                field={field.kind === "phone" ? { ...field, kind: "text" } : field}
                value={record[field.key]}
                name={known.named(record, field)}
              />
            </span>
          ))}
        </span>
      </Link>
    </li>
  )
}

import {
  DndContext,
  type DragEndEvent,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useLanguage } from "../../../data/preferences"
import { catalog, records } from "../../../data/recipes"
import { Shown } from "../../../fields/show"
import { quoted } from "../../../kernel/expression/write"
import { amount } from "../../../kernel/format"
import {
  type Catalog,
  type FieldMeta,
  type OptionMeta,
  type RecordData,
  titleOfRecord,
} from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { Bones } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { allOf } from "../search"
import type { ListState } from "../state"
import { useWriting } from "../writing"
import "./board.css"

/** Records in columns by an option; a card is dragged to where it belongs. */
export function Board({ state, by }: { state: ListState; by: FieldMeta }) {
  const { data: known } = useSuspenseQuery(catalog())
  const writing = useWriting(state)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }))
  function dropped({ active, over }: DragEndEvent) {
    const record = active.data.current?.record as RecordData | undefined
    if (over && record && record[by.key] !== over.id)
      writing.write(record, by, { value: String(over.id) })
  }
  return (
    <DndContext sensors={sensors} onDragEnd={dropped}>
      <div className="board">
        {by.options
          .filter((one) => !one.stopped)
          .map((one) => (
            <Lane key={one.key} state={state} by={by} option={one} known={known} />
          ))}
      </div>
    </DndContext>
  )
}

interface LaneProps {
  state: ListState
  by: FieldMeta
  option: OptionMeta
  known: Catalog
}

function Lane({ state, by, option, known }: LaneProps) {
  const say = useWords()
  const language = useLanguage()
  const { object } = state
  const money = state.columns.find((one) => one.type === "money")
  const where = allOf(state.query.where, `${by.key} = ${quoted(option.key)}`)
  const select = [...new Set([...state.selected, by.key, "version"])]
  const pages = useInfiniteQuery(records.pages(object.key, { ...state.query, where, select }))
  const { setNodeRef, isOver } = useDroppable({ id: option.key })
  const rows = (pages.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (one) => one[by.key] === option.key,
  )
  const total = money && rows.reduce((sum, one) => sum + Number(one[money.key] ?? 0), 0)
  return (
    <section
      ref={setNodeRef}
      className="lane"
      data-over={isOver || undefined}
      aria-label={option.label}
    >
      <header className="lane-head">
        <Chip word={option.label} color={option.color || "grey"} />
        <span className="soft">
          {rows.length}
          {pages.hasNextPage ? "+" : ""}
        </span>
        {total ? <span className="soft lane-total">{amount(total, language).short}</span> : null}
      </header>
      {pages.isPending && <Bones lines={3} height={64} />}
      <div className="lane-cards">
        {rows.map((record) => (
          <BoardCard key={record.id} state={state} by={by} record={record} known={known} />
        ))}
        {pages.hasNextPage && (
          <Button small look="quiet" onClick={() => void pages.fetchNextPage()}>
            {say("do.load")}
          </Button>
        )}
      </div>
    </section>
  )
}

function BoardCard({
  state,
  by,
  record,
  known,
}: {
  state: ListState
  by: FieldMeta
  record: RecordData
  known: Catalog
}) {
  const { object, columns } = state
  const { setNodeRef, attributes, listeners, transform, isDragging } = useDraggable({
    id: record.id,
    data: { record },
  })
  const style = transform
    ? { transform: `translate(${transform.x}px, ${transform.y}px)` }
    : undefined
  const facts = columns.filter((one) => one.key !== object.title && one.key !== by.key).slice(0, 4)
  return (
    <div
      ref={setNodeRef}
      className="board-card"
      style={style}
      data-dragging={isDragging || undefined}
      {...listeners}
      {...attributes}
      role="group"
      aria-roledescription={undefined}
    >
      <Link
        to="/desk/$object/$id"
        params={{ object: object.key, id: record.id }}
        className="board-title"
        draggable={false}
      >
        {titleOfRecord(object, record)}
      </Link>
      <div className="board-facts">
        {facts
          .filter((one) => record[one.key] !== null && record[one.key] !== undefined)
          .map((one) => (
            <span key={one.key} className="clip">
              <Shown field={one} value={record[one.key]} name={known.named(record, one)} />
            </span>
          ))}
      </div>
    </div>
  )
}

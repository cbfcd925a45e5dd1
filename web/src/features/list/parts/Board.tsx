import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Ellipsis } from "lucide-react"
import { type SyntheticEvent, useState } from "react"
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
import { Button, IconButton } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { Menu } from "../../../ui/float"
import { Bones } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { allOf } from "../search"
import type { ListState } from "../state"
import { useWriting } from "../writing"
import "./board.css"

/** A finger rests before it drags: one that moves at once scrolls. */
const RESTS = { delay: 250, tolerance: 8 }
/** The board rolls on only when a card is held at its very edge, and so slowly that one can stop it. */
const ROLLING = { threshold: { x: 0.08, y: 0.08 }, acceleration: 4 }

/** Records in columns by an option; a card is dragged to where it belongs, or sent there by its menu. */
export function Board({ state, by }: { state: ListState; by: FieldMeta }) {
  const { data: known } = useSuspenseQuery(catalog())
  const writing = useWriting(state)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: RESTS }),
  )
  const client = useQueryClient()
  const [held, setHeld] = useState<RecordData>()
  /** Shown in their new column until that has read them. */
  const [moved, setMoved] = useState<readonly RecordData[]>([])
  const writable = state.object.may.update && by.update
  async function move(record: RecordData, to: string) {
    if (record[by.key] === to) return
    const there = { ...record, [by.key]: to }
    setMoved((now) => [...now, there])
    await writing.write(record, by, { value: to })
    // Each column asks for itself: the one it came to does not know of it yet.
    await client.invalidateQueries({ queryKey: [...records.all(state.object.key), "pages"] })
    setMoved((now) => now.filter((one) => one !== there))
  }
  function dropped({ active, over }: DragEndEvent) {
    setHeld(undefined)
    const record = active.data.current?.record as RecordData | undefined
    if (over && record) void move(record, String(over.id))
  }
  return (
    <DndContext
      sensors={sensors}
      autoScroll={ROLLING}
      onDragStart={({ active }) => setHeld(active.data.current?.record as RecordData)}
      onDragEnd={dropped}
      onDragCancel={() => setHeld(undefined)}
    >
      <div className="board">
        {by.options
          .filter((one) => !one.stopped)
          .map((one) => (
            <Lane
              key={one.key}
              state={state}
              by={by}
              option={one}
              known={known}
              moved={moved.filter((each) => each[by.key] === one.key)}
              onMove={writable ? move : undefined}
            />
          ))}
      </div>
      {/* What is held lies over all columns: each cuts off what leaves it. */}
      <DragOverlay dropAnimation={null}>
        {held && (
          <div className="board-card" data-held>
            <span className="board-title">{titleOfRecord(state.object, held)}</span>
            <CardFacts state={state} by={by} record={held} known={known} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  )
}

interface LaneProps {
  state: ListState
  by: FieldMeta
  option: OptionMeta
  known: Catalog
  moved: readonly RecordData[]
  /** Absent for those who may not change where records stand. */
  onMove?: (record: RecordData, to: string) => Promise<void>
}

function Lane({ state, by, option, known, moved, onMove }: LaneProps) {
  const say = useWords()
  const language = useLanguage()
  const { object } = state
  const money = state.columns.find((one) => one.type === "money")
  const where = allOf(state.query.where, `${by.key} = ${quoted(option.key)}`)
  const select = [...new Set([...state.selected, by.key, "version"])]
  const pages = useInfiniteQuery(records.pages(object.key, { ...state.query, where, select }))
  const { setNodeRef, isOver } = useDroppable({ id: option.key })
  const read = (pages.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (one) => one[by.key] === option.key,
  )
  const rows = [...moved.filter((one) => !read.some((each) => each.id === one.id)), ...read]
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
          <BoardCard
            key={record.id}
            state={state}
            by={by}
            record={record}
            known={known}
            onMove={onMove}
          />
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
  onMove,
}: Omit<LaneProps, "option" | "moved"> & { record: RecordData }) {
  const say = useWords()
  const { object } = state
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: !onMove,
  })
  return (
    <div
      ref={setNodeRef}
      className="board-card"
      data-dragging={isDragging || undefined}
      data-still={onMove ? undefined : true}
      {...listeners}
      {...attributes}
      role="group"
      aria-roledescription={undefined}
    >
      <div className="board-top">
        <Link
          to="/desk/$object/$id"
          params={{ object: object.key, id: record.id }}
          className="board-title"
          draggable={false}
        >
          {titleOfRecord(object, record)}
        </Link>
        {onMove && (
          // biome-ignore lint/a11y/noStaticElementInteractions: what is pressed here drags nothing
          <span className="board-menu" onMouseDown={alone} onTouchStart={alone}>
            <Menu
              trigger={
                <IconButton label={`${say("board.move")} ${titleOfRecord(object, record)}`}>
                  <Ellipsis size={15} />
                </IconButton>
              }
              items={by.options
                .filter((one) => !one.stopped && one.key !== record[by.key])
                .map((one) => ({
                  label: <Chip word={one.label} color={one.color || "grey"} />,
                  run: () => void onMove(record, one.key),
                }))}
            />
          </span>
        )}
      </div>
      <CardFacts state={state} by={by} record={record} known={known} />
    </div>
  )
}

/** What a card tells beside its name and its column. */
function CardFacts({
  state,
  by,
  record,
  known,
}: Pick<LaneProps, "state" | "by" | "known"> & { record: RecordData }) {
  const { object, columns } = state
  const facts = columns.filter((one) => one.key !== object.title && one.key !== by.key).slice(0, 4)
  return (
    <div className="board-facts">
      {facts
        .filter((one) => record[one.key] !== null && record[one.key] !== undefined)
        .map((one) => (
          <span key={one.key} className="clip">
            <Shown field={one} value={record[one.key]} name={known.named(record, one)} />
          </span>
        ))}
    </div>
  )
}

function alone(event: SyntheticEvent) {
  event.stopPropagation()
}

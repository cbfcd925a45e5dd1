import { useDraggable } from "@dnd-kit/core"
import { Link } from "@tanstack/react-router"
import { clock, colorOf } from "../../../kernel/format"
import { type FieldMeta, type RecordData, titleOfRecord } from "../../../kernel/meta"
import { stageOf } from "../../../kernel/shape"
import { momentOf } from "../../../kernel/zone"
import { useNarrow } from "../../../ui/narrow"
import type { ListState } from "../state"
import { dated } from "./dated"

/** Nine in the morning of a day: when what is put there begins. */
export function nine(day: Date): string {
  return momentOf(new Date(day.getFullYear(), day.getMonth(), day.getDate(), 9)).toISOString()
}

/** One record on its day. */
export function Entry({
  state,
  by,
  record,
}: {
  state: ListState
  by: FieldMeta
  record: RecordData
}) {
  const { object } = state
  const narrow = useNarrow()
  const stage = stageOf(object)
  const option = stage?.options.find((one) => one.key === record[stage.key])
  const disabled = !object.may.update || !by.update
  const { setNodeRef, listeners, transform, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled,
  })
  return (
    <Link
      ref={setNodeRef}
      to="/desk/$object/$id"
      params={{ object: object.key, id: record.id }}
      draggable={false}
      className="calendar-entry clip"
      data-color={option ? colorOf(option.key, option.color) : "grey"}
      data-dragging={isDragging || undefined}
      style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined}
      title={titleOfRecord(object, record)}
      {...listeners}
      onClick={(event) => {
        if (narrow || event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        state.set({ peek: record.id })
      }}
    >
      {by.type === "datetime" && (
        <time className="calendar-time">{clock(dated(String(record[by.key])))}</time>
      )}
      {titleOfRecord(object, record)}
    </Link>
  )
}

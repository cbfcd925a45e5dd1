import { useDraggable, useDroppable } from "@dnd-kit/core"
import { keepPreviousData, useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Pin, X } from "lucide-react"
import type { KeyboardEvent } from "react"
import { useLanguage } from "../../../../data/preferences"
import { catalog, records } from "../../../../data/recipes"
import { Shown } from "../../../../fields/show"
import {
  askedFor,
  columnLabel,
  pinnedIn,
  reordered,
  withoutColumn,
} from "../../../../kernel/faces/view"
import { byOf, isDay, stretchName, stretchOf, usualOrder } from "../../../../kernel/groups"
import { fieldOf, type RecordData } from "../../../../kernel/meta"
import { IconButton } from "../../../../ui/button"
import { Bones, Trouble } from "../../../../ui/states"
import { useWords } from "../../../../ui/words"
import type { ViewDrawing } from "../ViewDesigner"

const ROWS = 12
const GROUPED_BOARD = 6

/** Some records, as the view would show them; the heads are dragged into order. */
export function Sample(drawing: ViewDrawing) {
  const { view, object, problems } = drawing
  const say = useWords()
  const language = useLanguage()
  const { data: known } = useSuspenseQuery(catalog())
  const { setNodeRef, isOver } = useDroppable({ id: "table::" })
  const table = (view.layout ?? "table") === "table"
  const by = table ? byOf(object.fields, view.group) : undefined
  const down = (view.group_order ?? usualOrder(by)) === "-key"
  const group = by ? [by.field.key] : []
  const query = {
    select: askedFor(known, object, [...view.select, ...group]),
    where: view.where || undefined,
    order: [...group.map((one) => (down ? `-${one}` : one)), ...view.order],
    limit: ROWS,
  }
  const { data, error, isPending } = useQuery({
    ...records.page(object.key, query),
    enabled: problems.length === 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const shown = data?.items ?? []
  return (
    <div className="sample" ref={setNodeRef} data-over={isOver}>
      <table className="lines">
        <thead>
          <tr>
            {view.select.map((one) => (
              <Head key={one} {...drawing} column={one} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((record, at) => {
            const label = by ? stretchOf(by, record[by.field.key]) : ""
            const before = by ? stretchOf(by, shown[at - 1]?.[by.field.key]) : ""
            return [
              by && (at === 0 || label !== before) && (
                <tr key={`${record.id} band`} className="sample-band">
                  <th colSpan={Math.max(1, view.select.length)} scope="rowgroup">
                    {by.grain && label ? (
                      isDay(by.field) ? (
                        stretchName(label, by.grain, language)
                      ) : (
                        `${label} – ${Number(label) + Number(by.grain)}`
                      )
                    ) : (
                      <Shown
                        field={by.field}
                        value={record[by.field.key]}
                        name={known.named(record, by.field)}
                      />
                    )}
                  </th>
                </tr>
              ),
              <tr key={record.id}>
                {view.select.map((one) => (
                  <Cell key={one} {...drawing} record={record} column={one} />
                ))}
              </tr>,
            ]
          })}
        </tbody>
      </table>
      {view.select.length === 0 && <p className="canvas-empty">{say("views.drop_here")}</p>}
      {error && problems.length === 0 && <Trouble error={error} />}
      {isPending && !error && <Bones lines={GROUPED_BOARD} />}
      {data && shown.length === 0 && <p className="canvas-empty">{say("views.nothing")}</p>}
      <p className="soft sample-note">
        {say("views.sample", { layout: say(`views.layout.${view.layout ?? "table"}`) })}
      </p>
    </div>
  )
}

function Cell({ object, record, column }: ViewDrawing & { record: RecordData; column: string }) {
  const { data: known } = useSuspenseQuery(catalog())
  const field = fieldOf(object, column)
  if (!field) {
    const value = record[/ AS (.+)$/i.exec(column)?.[1] ?? column]
    return <td>{value === null || value === undefined ? "" : String(value)}</td>
  }
  return (
    <td data-number={["number", "money", "percent"].includes(field.type) || undefined}>
      <Shown field={field} value={record[column]} name={known.named(record, field)} />
    </td>
  )
}

function Head({ view, object, change, column }: ViewDrawing & { column: string }) {
  const say = useWords()
  const drag = useDraggable({ id: `head::${column}`, data: { field: column } })
  const drop = useDroppable({ id: `column::${column}` })
  const at = view.select.indexOf(column)
  const label = columnLabel(object, column)
  const pinned = view.pinned?.includes(column) ?? false

  function keyed(event: KeyboardEvent) {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 2 : 0
    if (event.altKey && step !== 0) {
      event.preventDefault()
      const to = Math.max(0, Math.min(view.select.length, at + step))
      change({ ...view, select: reordered(view.select, column, to) })
    }
  }
  return (
    <th
      ref={(node) => {
        drop.setNodeRef(node)
      }}
      data-over={drop.isOver && !drag.isDragging}
    >
      <span className="sample-head">
        <button
          ref={drag.setNodeRef}
          type="button"
          title={say("views.drag.keys")}
          data-held={drag.isDragging}
          {...drag.listeners}
          onKeyDown={keyed}
        >
          {label}
        </button>
        {column !== object.title && fieldOf(object, column) && (
          <IconButton
            label={say("columns.pin", { field: label })}
            aria-pressed={pinned}
            onClick={() => change(pinnedIn(view, column))}
          >
            <Pin size={12} fill={pinned ? "currentColor" : "none"} />
          </IconButton>
        )}
        <IconButton
          label={`${say("filter.drop")} ${label}`}
          onClick={() => change(withoutColumn(view, column))}
        >
          <X size={12} />
        </IconButton>
      </span>
    </th>
  )
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useVirtualizer } from "@tanstack/react-virtual"
import { useEffect, useMemo, useRef } from "react"
import { catalog } from "../../../data/recipes"
import { at } from "../../../kernel/grid"
import type { RecordData } from "../../../kernel/meta"
import { Trouble } from "../../../ui/states"
import { useGridKeys } from "../keys"
import { usePicking } from "../picking"
import { useRows } from "../rows"
import type { ListState } from "../state"
import { pinsOf, useWidths } from "../widths"
import { useWriting } from "../writing"
import { TableBones } from "./BoneRow"
import { BulkBar } from "./BulkBar"
import { Count } from "./Count"
import { HeadRow } from "./HeadRow"
import { Line } from "./Line"
import { Nothing } from "./Nothing"
import { PasteDialog } from "./PasteDialog"
import { ROW } from "./Row"
import "./table.css"

/** A table as long as the answer: only the lines in sight are there, the next pages come in time. */
export function Table({ state }: { state: ListState }) {
  const { object, columns } = state
  const navigate = useNavigate()
  const { data: known } = useSuspenseQuery(catalog())
  const rows = useRows(object.key, { ...state.query, select: state.selected })
  const { lines, look } = rows
  const scroller = useRef<HTMLDivElement>(null)
  const widths = useWidths(object.key, columns)
  const writing = useWriting(state)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const [from, to] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  // The scroll position is the browser's: whatever it brings into sight is asked for.
  useEffect(() => look({ from, to }))

  const open = (record: RecordData) =>
    void navigate({ to: "/desk/$object/$id", params: { object: object.key, id: record.id } })
  const show = (row: number) => virtual.scrollToIndex(row)
  const grid = useGridKeys({ state, known, rows, writing, show, onOpen: open })
  const { choice, setChoice } = grid

  const read = useMemo(() => lines.flatMap((one) => one ?? []), [lines])
  const picking = usePicking(state, read)
  if (rows.error && read.length === 0) return <Trouble error={rows.error} retry={rows.again} />
  const pins = pinsOf(columns, state.pinned, widths)
  const template = `44px ${columns.map((one) => `${widths.of(one)}px`).join(" ")} minmax(16px, 1fr)`
  return (
    <>
      <div
        className="grid"
        role="grid"
        aria-label={object.plural}
        aria-rowcount={lines.length + 1}
        aria-colcount={columns.length + 1}
        aria-busy={rows.pending}
        aria-multiselectable="true"
        tabIndex={0}
        ref={scroller}
        onKeyDown={grid.pressed}
        onCopy={grid.copied}
        onPaste={grid.pasted}
        onFocus={(event) =>
          event.target === event.currentTarget && !choice && lines.length > 0 && setChoice(at(0, 0))
        }
      >
        <HeadRow
          state={state}
          template={template}
          widths={widths}
          pins={pins}
          all={picking.whole}
          onAll={picking.turnAll}
        />
        {rows.pending && <TableBones template={template} columns={columns.length} />}
        <div className="grid-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {shown.map((one) => (
            <Line
              key={one.index}
              place={one.index}
              top={one.start}
              template={template}
              record={lines[one.index]}
              state={state}
              known={known}
              pins={pins}
              grid={grid}
              picking={picking}
              writing={writing}
            />
          ))}
        </div>
        {!rows.pending && lines.length === 0 && <Nothing state={state} />}
      </div>
      <footer className="list-foot">
        <Count state={state} />
      </footer>
      {grid.plan && (
        <PasteDialog
          state={state}
          plan={grid.plan}
          onClose={() => grid.setPlan(undefined)}
          onApply={() => {
            writing.apply(grid.plan?.changes ?? [])
            grid.setPlan(undefined)
          }}
        />
      )}
      {picking.size > 0 && <BulkBar state={state} picking={picking} writing={writing} />}
    </>
  )
}

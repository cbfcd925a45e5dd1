import type { KeyboardEvent, ReactNode } from "react"
import { at } from "../../../kernel/grid"
import type { Sheet } from "../sheet"
import { TableBones } from "./BoneRow"
import { BulkBar } from "./BulkBar"
import { HeadRow } from "./HeadRow"
import { Nothing } from "./Nothing"
import { PasteDialog } from "./PasteDialog"
import "./table.css"

interface Props {
  sheet: Sheet
  /** How many lines there are to choose from. */
  length: number
  /** Whether its lines lie under heads; then keys may turn them. */
  grouped?: boolean
  onKeyDown?: (event: KeyboardEvent) => void
  /** What stays at the top while lines pass under it. */
  stuck?: ReactNode
  foot: ReactNode
  children: ReactNode
}

/** The box of a table: its head, its lines, what can be done to those that are picked. */
export function SheetBox({ sheet, length, grouped, onKeyDown, stuck, foot, children }: Props) {
  const { state, rows, scroller, virtual, grid, picking, writing, template, pins } = sheet
  const { object, columns } = state
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a grid, or one of lines under heads */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles count lines and columns */}
      <div
        className="grid"
        data-grouped={grouped ? "" : undefined}
        role={grouped ? "treegrid" : "grid"}
        aria-label={object.plural}
        aria-rowcount={length + 1}
        aria-colcount={columns.length + 1}
        aria-busy={rows.pending}
        aria-multiselectable="true"
        tabIndex={0}
        ref={scroller}
        onKeyDown={onKeyDown ?? grid.pressed}
        onCopy={grid.copied}
        onPaste={grid.pasted}
        onFocus={(event) =>
          event.target === event.currentTarget &&
          !grid.choice &&
          length > 0 &&
          grid.setChoice(at(0, 0))
        }
      >
        <HeadRow
          state={state}
          template={template}
          widths={sheet.widths}
          pins={pins}
          all={picking.whole}
          onAll={picking.turnAll}
        />
        {stuck}
        {rows.pending && <TableBones template={template} columns={columns.length} />}
        <div className="grid-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {children}
        </div>
        {!rows.pending && length === 0 && <Nothing state={state} />}
      </div>
      <footer className="list-foot">{foot}</footer>
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
      {picking.size > 0 && <BulkBar state={state} picking={picking} />}
    </>
  )
}

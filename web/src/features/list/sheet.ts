/** What a table and a table in groups have in common: columns, keys, picking, the lines in sight. */

import { useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useVirtualizer } from "@tanstack/react-virtual"
import { useEffect, useMemo, useRef } from "react"
import { catalog } from "../../data/recipes"
import { at } from "../../kernel/grid"
import type { FieldMeta, RecordData } from "../../kernel/meta"
import { useNewest } from "../../ui/newest"
import { useGridKeys } from "./keys"
import { usePicking } from "./picking"
import type { Rows } from "./rows"
import type { ListState } from "./state"
import { pinsOf, useWidths } from "./widths"
import { useWriting, type Written } from "./writing"

/** How high a line is, in pixels. */
export const ROW = 36

interface Given {
  state: ListState
  rows: Rows
  /** The lines that were read, without the holes between them. */
  read: readonly RecordData[]
  /** How many lines there are, heads of groups and what stands behind the last one included. */
  count: number
}

export function useSheet({ state, rows, read, count }: Given) {
  const { object, columns } = state
  const navigate = useNavigate()
  const { data: known } = useSuspenseQuery(catalog())
  const scroller = useRef<HTMLDivElement>(null)
  const widths = useWidths(object.key, columns)
  const writing = useWriting(state)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const [from, to] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  // The scroll position is the browser's: whatever it brings into sight is asked for.
  useEffect(() => rows.look({ from, to }))

  const open = (record: RecordData) =>
    !state.bin &&
    void navigate({ to: "/desk/$object/$id", params: { object: object.key, id: record.id } })
  const show = (row: number) => virtual.scrollToIndex(row)
  const grid = useGridKeys({ state, known, rows, writing, show, onOpen: open })
  const picking = usePicking(state, read)
  const template = `44px ${columns.map((one) => `${widths.of(one)}px`).join(" ")} minmax(16px, 1fr)`
  const { pinned } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: the template says how wide they are
  const pins = useMemo(() => pinsOf(columns, pinned, widths), [columns, pinned, template])
  const acts = useActs({ state, grid, picking, writing })
  return {
    ...{ state, rows, known, scroller, widths, writing, virtual, shown, last: to, show },
    ...{ grid, picking, template, pins, acts },
  }
}

export type Sheet = ReturnType<typeof useSheet>

interface Hands {
  state: ListState
  grid: ReturnType<typeof useGridKeys>
  picking: ReturnType<typeof usePicking>
  writing: ReturnType<typeof useWriting>
}

/** What a line does to the table; the same as long as the table stands, so that lines stay as drawn. */
export interface Acts {
  pick: (id: string, on: boolean) => void
  choose: (row: number, column: number, stretch: boolean) => void
  edit: (on: boolean) => void
  peek: (id: string) => void
  write: (record: RecordData, field: FieldMeta, next: Written) => void
}

function useActs(hands: Hands): Acts {
  const newest = useNewest(hands)
  return useMemo(
    () => ({
      pick: (id, on) => newest.current.picking.turn(id, on),
      choose: (row, column, stretch) =>
        newest.current.grid.setChoice((now) => {
          const here = at(row, column)
          return stretch && now ? { ...here, anchor: now.anchor } : here
        }),
      edit: (on) => newest.current.grid.setEditing(on),
      peek: (id) => {
        const { state, picking } = newest.current
        // What lies in the bin does not open: it is picked.
        if (state.bin) picking.turn(id, !picking.has(id))
        else state.set({ peek: id })
      },
      write: (record, field, next) => newest.current.writing.write(record, field, next),
    }),
    [newest],
  )
}

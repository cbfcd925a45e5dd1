/** What keys do in the table: move, edit, copy, paste, fill, take back, look beside. */

import { type ClipboardEvent, type KeyboardEvent, useState } from "react"
import { areaOf, asTable, at, type Choice, fromTable, moved } from "../../kernel/grid"
import type { Catalog, RecordData } from "../../kernel/meta"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import { type PastePlan, usePastePlan, writable } from "./pasting"
import { plainText } from "./plain"
import type { Rows } from "./rows"
import type { ListState } from "./state"
import { changeOf, type useWriting } from "./writing"

interface Given {
  state: ListState
  known: Catalog
  rows: Rows
  writing: ReturnType<typeof useWriting>
  /** Brings a line into sight. */
  show: (row: number) => void
  onOpen: (record: RecordData) => void
}

const LETTERS: Record<string, string> = { j: "ArrowDown", k: "ArrowUp", e: "F2", " ": "Space" }

export function useGridKeys({ state, known, rows, writing, show, onOpen }: Given) {
  const { columns } = state
  const [choice, setChoice] = useState<Choice>()
  const [editing, setEditing] = useState(false)
  const [plan, setPlan] = useState<PastePlan>()
  const planned = usePastePlan(state, known, rows)
  const lines = rows.lines
  const size = { rows: lines.length, columns: columns.length }

  function go(next: Choice) {
    setChoice(next)
    show(next.active.row)
    const record = lines[next.active.row]
    if (state.search.peek && record && record.id !== state.search.peek)
      state.set({ peek: record.id })
  }

  /** The lines between two; nothing, and it is told, where some of them are not read. */
  function linesIn(from: number, to: number): RecordData[] | undefined {
    const some = lines.slice(from, to).flatMap((one) => one ?? [])
    const heads = rows.heads
    let unread = to - from - some.length
    if (heads) for (let row = from; row < to; row++) if (heads(row)) unread--
    if (unread === 0) return some
    tell(sayNow("grid.unread"))
  }

  /** The last line there is, even if they were not all counted yet. */
  async function goToEnd(from: Choice, shift: boolean) {
    const active = { row: (await rows.measure()) - 1, column: from.active.column }
    go({ anchor: shift ? from.anchor : active, active })
  }

  /** The upper line of what is chosen, into all lines below it. */
  function fill(chosen: Choice) {
    const area = areaOf(chosen)
    const [top, ...below] = linesIn(area.top, area.bottom + 1) ?? []
    if (!top) return
    const changes = columns
      .slice(area.left, area.right + 1)
      .filter((field) => writable(state, field))
      .flatMap((field) =>
        below.map((one) => changeOf(one, field, top[field.key] ?? null, known.named(top, field))),
      )
    writing.apply(changes)
  }

  function clear(chosen: Choice) {
    const area = areaOf(chosen)
    const fields = columns
      .slice(area.left, area.right + 1)
      .filter((field) => writable(state, field) && !field.required)
    const some = linesIn(area.top, area.bottom + 1) ?? []
    writing.apply(some.flatMap((one) => fields.map((field) => changeOf(one, field, null))))
  }

  function pressed(event: KeyboardEvent) {
    if (editing) return
    const far = event.ctrlKey || event.metaKey
    if (far && event.key.toLowerCase() === "z") {
      event.preventDefault()
      return writing.undo()
    }
    if (event.target instanceof Element && event.target.closest("input, select, textarea")) return
    const key = far || event.altKey ? event.key : (LETTERS[event.key] ?? event.key)
    const here = choice ?? (key === "ArrowDown" && lines.length > 0 ? at(-1, 0) : undefined)
    if (key === "End" && !here) void rows.measure()
    if (!here) return
    const next = moved(here, { key, shift: event.shiftKey, far }, size)
    const record = lines[here.active.row]
    const field = columns[here.active.column]
    if (next && key === "End" && far) void goToEnd(next, event.shiftKey)
    else if (next) go(next)
    else if (far && key.toLowerCase() === "d") fill(here)
    else if (far && key.toLowerCase() === "a")
      setChoice({
        anchor: { row: 0, column: 0 },
        active: { row: size.rows - 1, column: size.columns - 1 },
      })
    else if (far) return
    else if (key === "Enter" && here.active.column === 0 && record) onOpen(record)
    else if ((key === "Enter" || key === "F2") && field && writable(state, field)) setEditing(true)
    else if (key === "Space" && record)
      state.set({ peek: state.search.peek === record.id ? undefined : record.id })
    else if (key === "Delete" || key === "Backspace") clear(here)
    else if (key === "Escape" && state.search.peek) state.set({ peek: undefined })
    else if (key === "Escape") setChoice(undefined)
    else return
    event.preventDefault()
  }

  function copied(event: ClipboardEvent) {
    if (!choice || editing) return
    const area = areaOf(choice)
    const block = linesIn(area.top, area.bottom + 1)?.map((record) =>
      columns.slice(area.left, area.right + 1).map((field) => plainText(known, field, record)),
    )
    event.preventDefault()
    if (block) event.clipboardData.setData("text/plain", asTable(block))
  }

  function pasted(event: ClipboardEvent) {
    if (!choice || editing || !state.object.may.update) return
    const text = event.clipboardData.getData("text/plain")
    if (text === "") return
    event.preventDefault()
    planned(choice, fromTable(text)).then(setPlan, tellFault)
  }

  return { choice, setChoice, editing, setEditing, plan, setPlan, pressed, copied, pasted }
}

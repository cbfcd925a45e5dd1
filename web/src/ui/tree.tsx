import { ChevronDown, ChevronRight } from "lucide-react"
import { type KeyboardEvent, type ReactNode, useState } from "react"
import { type Branch, grown, type Hanging, pushed, shownOf, within } from "../kernel/tree"
import "./tree.css"
import { useWords } from "./words"

interface Props<One extends Hanging> {
  label: string
  all: readonly One[]
  chosen?: string
  shown: (one: Branch<One>) => ReactNode
  /** What is folded at the beginning: below this depth. */
  depth?: number
  onChoose?: (id: string) => void
  /** Moves something below another thing, or to the top. */
  onMove?: (one: One, parent: string | null) => void
}

/**
 * What hangs below one another, to be walked and rearranged: by dragging onto the new place, or with
 * Alt and an arrow.
 */
export function Tree<One extends Hanging>(props: Props<One>) {
  const { label, all, chosen, depth = 9, onChoose, onMove } = props
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [dragged, setDragged] = useState<One>()
  const [over, setOver] = useState<string | null>()
  const [at, setAt] = useState<string>()
  const tops = grown(all)
  // What was turned by hand is folded where it would be open, and open where it would be folded.
  const folded = new Set(
    shownOf(tops, new Set())
      .filter((one) => one.depth >= depth !== turned.has(one.one.id))
      .map((one) => one.one.id),
  )
  const lines = shownOf(tops, folded)
  const current = lines.find((one) => one.one.id === (at ?? chosen)) ?? lines[0]
  const turn = (id: string) =>
    setTurned((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const fits = (one: One, parent: string | null) =>
    parent !== one.parent && (parent === null || !within(all, one.id, parent))
  function drop(parent: string | null) {
    if (dragged && onMove && fits(dragged, parent)) onMove(dragged, parent)
    setDragged(undefined)
    setOver(undefined)
  }
  function heard(event: KeyboardEvent<HTMLDivElement>) {
    if (!current) return
    const row = lines.indexOf(current)
    const go = (one?: Branch<One>) => {
      if (!one) return
      setAt(one.one.id)
      event.currentTarget.querySelector<HTMLElement>(`[data-id="${one.one.id}"]`)?.focus()
    }
    const closed = folded.has(current.one.id)
    if (event.altKey && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const to = pushed(tops, current.one.id, event.key === "ArrowRight" ? "in" : "out")
      if (to !== undefined && onMove) onMove(current.one, to)
    } else if (event.key === "ArrowDown") go(lines[row + 1])
    else if (event.key === "ArrowUp") go(lines[row - 1])
    else if (event.key === "Home") go(lines[0])
    else if (event.key === "End") go(lines.at(-1))
    else if (event.key === "ArrowRight" && current.children.length > 0) {
      if (closed) turn(current.one.id)
      else go(lines[row + 1])
    } else if (event.key === "ArrowLeft") {
      if (current.children.length > 0 && !closed) turn(current.one.id)
      else go(lines.find((one) => one.one.id === current.one.parent))
    } else if (event.key === "Enter" || event.key === " ") onChoose?.(current.one.id)
    else return
    event.preventDefault()
  }
  return (
    <div
      className="tree"
      role="tree"
      aria-label={label}
      onKeyDown={heard}
      onDragOver={(event) => {
        if (dragged && fits(dragged, null)) event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        drop(null)
      }}
    >
      {lines.map((line) => (
        <Line
          key={line.one.id}
          {...props}
          line={line}
          folded={folded.has(line.one.id)}
          focused={line === current}
          over={over === line.one.id}
          onTurn={() => turn(line.one.id)}
          onAt={() => setAt(line.one.id)}
          onDrag={setDragged}
          onOver={(entered) => {
            if (!dragged || !fits(dragged, line.one.id)) return false
            setOver(entered ? line.one.id : undefined)
            return true
          }}
          onDropped={() => drop(line.one.id)}
        />
      ))}
    </div>
  )
}

interface LineProps<One extends Hanging> extends Props<One> {
  line: Branch<One>
  folded: boolean
  focused: boolean
  over: boolean
  onTurn: () => void
  onAt: () => void
  onDrag: (one: One | undefined) => void
  onOver: (entered: boolean) => boolean
  onDropped: () => void
}

function Line<One extends Hanging>(props: LineProps<One>) {
  const { line, folded, focused, over, chosen, shown, onChoose, onMove } = props
  const say = useWords()
  const opens = line.children.length > 0
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of all lines are heard at the tree
    <div
      role="treeitem"
      data-id={line.one.id}
      aria-level={line.depth + 1}
      aria-expanded={opens ? !folded : undefined}
      aria-selected={line.one.id === chosen}
      tabIndex={focused ? 0 : -1}
      className="tree-line"
      data-over={over || undefined}
      style={{ paddingLeft: 8 + line.depth * 20 }}
      draggable={!!onMove}
      onFocus={props.onAt}
      onClick={() => onChoose?.(line.one.id)}
      onDragStart={(event) => {
        event.stopPropagation()
        event.dataTransfer.effectAllowed = "move"
        props.onDrag(line.one)
      }}
      onDragEnd={() => props.onDrag(undefined)}
      onDragOver={(event) => {
        event.stopPropagation()
        if (props.onOver(true)) event.preventDefault()
      }}
      onDragLeave={() => props.onOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        props.onDropped()
      }}
    >
      <button
        type="button"
        className="tree-turn"
        tabIndex={-1}
        hidden={!opens}
        aria-label={say(folded ? "department.open" : "department.fold")}
        onClick={(event) => {
          event.stopPropagation()
          props.onTurn()
        }}
      >
        {folded ? <ChevronRight size={15} /> : <ChevronDown size={15} />}
      </button>
      {!opens && <span className="tree-turn" />}
      {shown(line)}
    </div>
  )
}

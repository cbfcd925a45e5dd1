import { Braces, CircleDot, SquareFunction, Tag, Waypoints } from "lucide-react"
import { useEffect, useRef } from "react"
import type { Completion } from "../../kernel/expression/complete"
import { useWords } from "../../ui/words"

const ICONS = {
  field: CircleDot,
  relation: Waypoints,
  option: Tag,
  function: SquareFunction,
  word: Braces,
}

interface Props {
  id: string
  items: readonly Completion[]
  at: number
  onTake: (one: Completion) => void
}

/** What could come next, below the text; what a function does stands beside its name. */
export function Offered({ id, items, at, onTake }: Props) {
  const say = useWords()
  const list = useRef<HTMLDivElement>(null)
  // The list scrolls by its own: what is picked has to be seen.
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" })
  }, [at])
  return (
    <div
      className="float expression-offered"
      role="listbox"
      id={id}
      aria-label={say("expression.offered")}
      ref={list}
    >
      {items.map((one, place) => {
        const Icon = ICONS[one.kind]
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text keeps the focus and the keys
          <div
            key={`${one.kind} ${one.insert}`}
            id={`${id}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            data-selected={place === at}
            className="float-item"
            title={one.doc}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(one)}
          >
            <Icon size={14} aria-hidden="true" />
            <span className="clip">{one.label}</span>
            <span className="expression-detail clip">{one.doc ?? one.detail}</span>
          </div>
        )
      })}
    </div>
  )
}

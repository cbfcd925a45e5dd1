import { useDraggable } from "@dnd-kit/core"
import { type KindOf, sorted } from "../../../../kernel/design/schema"
import type { Word } from "../../../../kernel/words/zh"
import { useWords } from "../../../../ui/words"
import { KindIcon } from "../kind_icons"

interface Props {
  kinds: readonly KindOf[]
  onTake: (kind: KindOf) => void
}

/** The kinds of fields: dragged to a place, or put behind the picked one by a click. */
export function Palette({ kinds, onTake }: Props) {
  const say = useWords()
  return (
    <section className="palette" aria-label={say("field.kinds")}>
      {sorted(kinds).map(([sort, list]) => (
        <div key={sort}>
          <h2>{say(`sort.${sort}` as Word)}</h2>
          <ul>
            {list.map((one) => (
              <li key={one.name}>
                <Taken kind={one} onTake={onTake} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function Taken({ kind, onTake }: { kind: KindOf; onTake: (kind: KindOf) => void }) {
  const { attributes, listeners, setNodeRef, transform } = useDraggable({ id: `kind:${kind.name}` })
  const style = transform
    ? { transform: `translate(${transform.x}px, ${transform.y}px)`, zIndex: 20 }
    : undefined
  const { role: _, ...described } = attributes
  return (
    <button
      ref={setNodeRef}
      type="button"
      className="palette-item"
      data-dragged={transform !== null || undefined}
      style={style}
      {...described}
      {...listeners}
      onClick={() => onTake(kind)}
    >
      <KindIcon kind={kind.name} size={15} />
      <span className="clip">{kind.label}</span>
    </button>
  )
}

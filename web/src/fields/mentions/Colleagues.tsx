import { useEffect, useRef } from "react"
import type { Person } from "../../data/recipes"
import { PersonTag } from "../../ui/chip"
import { useWords } from "../../ui/words"

interface Props {
  id: string
  people: readonly Person[]
  at: number
  onTake: (one: Person) => void
}

/** Who may be mentioned, below the text; the text keeps the focus and the keys. */
export function Colleagues({ id, people, at, onTake }: Props) {
  const say = useWords()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" })
  }, [at])
  return (
    <div className="float mention-list">
      <div role="listbox" id={id} aria-label={say("mention.whom")} ref={list}>
        {people.map((one, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text keeps the focus and the keys
          <div
            key={one.id}
            id={`${id}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            data-selected={place === at}
            className="float-item"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(one)}
          >
            <PersonTag name={one.label} />
          </div>
        ))}
      </div>
      <p className="mention-note">{say("mention.sight")}</p>
    </div>
  )
}

import { Braces, CircleDot, SquareFunction, Tag, Waypoints } from "lucide-react"
import type { Completion } from "../../kernel/expression/complete"
import { useWords } from "../../ui/words"
import { Offers } from "../offers"

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
  return (
    <Offers
      id={id}
      label={say("expression.offered")}
      className="float expression-offered"
      items={items}
      at={at}
      keyOf={(one) => `${one.kind} ${one.insert}`}
      title={(one) => one.doc}
      onTake={onTake}
    >
      {(one) => {
        const Icon = ICONS[one.kind]
        return (
          <>
            <Icon size={14} aria-hidden="true" />
            <span className="clip">{one.label}</span>
            <span className="expression-detail clip" data-doc={one.doc ? true : undefined}>
              {one.doc ?? one.detail}
            </span>
          </>
        )
      }}
    </Offers>
  )
}

import type { Person } from "../../data/recipes"
import { PersonTag } from "../../ui/chip"
import { useWords } from "../../ui/words"
import { Offers } from "../offers"

interface Props {
  id: string
  people: readonly Person[]
  at: number
  onTake: (one: Person) => void
}

/** Who may be mentioned, below the text. */
export function Colleagues({ id, people, at, onTake }: Props) {
  const say = useWords()
  return (
    <div className="float mention-list">
      <Offers
        id={id}
        label={say("mention.whom")}
        items={people}
        at={at}
        keyOf={(one) => one.id}
        onTake={onTake}
      >
        {(one) => <PersonTag name={one.label} />}
      </Offers>
      <p className="mention-note">{say("mention.sight")}</p>
    </div>
  )
}

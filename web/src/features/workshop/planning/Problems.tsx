import { CircleAlert } from "lucide-react"
import type { Placed } from "../../../kernel/design/problems"
import { useWords } from "../../../ui/words"
import "./planning.css"

interface Props {
  problems: readonly Placed[]
  where: (one: Placed) => string
  onPick?: (one: Placed) => void
}

/** Everything that keeps a draft from being saved, each a way to its place. */
export function Problems({ problems, where, onPick }: Props) {
  const say = useWords()
  if (problems.length === 0) return null
  return (
    <section className="problems" role="alert" aria-label={say("problems.title")}>
      <h2>
        <CircleAlert size={14} aria-hidden="true" />
        {say("problems.count", { n: problems.length })}
      </h2>
      <ul>
        {problems.map((one) => (
          <li key={`${one.path} ${one.code}`}>
            <button type="button" disabled={!onPick} onClick={() => onPick?.(one)}>
              <strong>{where(one)}</strong> {one.message}
              {one.hint && <span className="soft"> {one.hint}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useWords } from "../../../ui/words"
import type { Difference } from "./model"
import { differenceSaid, type Naming } from "./words"

/** What changes, line by line: what was, and what will be. */
export function Differences({ found, naming }: { found: readonly Difference[]; naming: Naming }) {
  const say = useWords()
  if (found.length === 0) return <p className="soft">{say("roles.same")}</p>
  return (
    <ul className="differences">
      {found.map((one) => {
        const told = differenceSaid(say, naming, one)
        return (
          <li key={`${one.object} ${one.what} ${one.name}`}>
            <span>{told.name}</span>
            <span>
              <del>{told.old}</del> → <ins>{told.now}</ins>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { catalog, me } from "../data/recipes"
import { groupsFor } from "../kernel/sections"
import { ObjectIcon } from "../ui/icons"
import { useWords } from "../ui/words"

/** The side list of the workshop: its parts, as far as one has a use for them. */
export function WorkshopSide() {
  const say = useWords()
  const { data: who } = useSuspenseQuery(me())
  const { data: known } = useSuspenseQuery(catalog())
  return (
    <aside className="side" aria-label={say("workshop.title")}>
      {groupsFor(who, known).map(([group, sections]) => (
        <section key={group}>
          <h2 className="side-title">{say(group)}</h2>
          <ul>
            {sections.map((one) => (
              <li key={one.to}>
                <Link to={`/workshop/${one.to}` as string} className="side-item">
                  <ObjectIcon name={one.icon} />
                  <span className="clip">{say(one.word)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </aside>
  )
}

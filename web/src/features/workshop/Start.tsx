import { useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { catalog, me } from "../../data/recipes"
import { groupsFor, type Section } from "../../kernel/sections"
import { ObjectIcon } from "../../ui/icons"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"
import { Renewing } from "./Renewing"
import "./workshop.css"

/** What can be built and ordered here, as far as one may. */
export function Start() {
  const say = useWords()
  const { data: who } = useSuspenseQuery(me())
  const { data: known } = useSuspenseQuery(catalog())
  return (
    <>
      <Top title={say("workshop.title")} />
      <Renewing />
      <div className="workshop-start">
        <p className="workshop-hint">{say("workshop.hint")}</p>
        {groupsFor(who, known).map(([group, sections]) => (
          <section key={group}>
            <h2>{say(group)}</h2>
            <ul className="workshop-cards">
              {sections.map((one) => (
                <Card key={one.to} section={one} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}

function Card({ section }: { section: Section }) {
  const say = useWords()
  return (
    <li>
      <Link to={`/workshop/${section.to}` as string} className="workshop-card">
        <ObjectIcon name={section.icon} />
        <span>
          <strong>{say(section.word)}</strong>
          <small>{say(section.hint)}</small>
        </span>
      </Link>
    </li>
  )
}

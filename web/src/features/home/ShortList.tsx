import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { type ObjectMeta, type RecordData, titleOfRecord } from "../../kernel/meta"
import { Bones } from "../../ui/states"
import { useWords } from "../../ui/words"

interface Props {
  title: string
  icon: ReactNode
  object: ObjectMeta
  /** What the list of all of them is asked. */
  search: { view?: string; where?: string; order?: string }
  late?: boolean
  /** What is said where there are none. */
  nothing: string
  records: readonly RecordData[] | undefined
  facts: (one: RecordData) => ReactNode
}

/** A few records under a title, each with its facts, and a way to all of them. */
export function ShortList({ title, icon, object, search, late, nothing, records, facts }: Props) {
  const say = useWords()
  return (
    <section
      className="home-block"
      aria-label={title}
      data-late={late && records?.length ? true : undefined}
    >
      <header>
        <h2>
          {icon} {title}
        </h2>
        <Link
          to="/desk/$object"
          params={{ object: object.key }}
          search={search}
          className="soft home-all"
        >
          {say("home.all")}
        </Link>
      </header>
      {!records && <Bones lines={5} height={20} />}
      {records?.length === 0 && <p className="soft home-nothing">{nothing}</p>}
      <ul>
        {records?.map((one) => (
          <li key={one.id}>
            <Link
              to="/desk/$object/$id"
              params={{ object: object.key, id: one.id }}
              className="home-item"
            >
              <span className="clip">{titleOfRecord(object, one)}</span>
              <span className="home-facts">{facts(one)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { records } from "../../../data/recipes"
import { Brief } from "../../../fields/brief"
import { quoted } from "../../../kernel/expression/write"
import { fieldOf, type ObjectMeta, type RelationMeta, titleOfRecord } from "../../../kernel/meta"
import { columnsOf } from "../../../kernel/shape"
import { IconButton } from "../../../ui/button"
import { useEntry } from "../../../ui/entry"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"

/** What belongs to the record, block by block; what the viewer may not see is not there. */
export function Related(place: Place & { without: readonly (string | undefined)[] }) {
  const { object, known, without } = place
  return (
    <>
      {object.relations
        .filter((one) => !without.includes(one.key))
        .map((one) => {
          const child = known.object(one.object)
          return (
            child?.may.read && (
              <RelatedBlock key={one.key} {...place} relation={one} child={child} />
            )
          )
        })}
    </>
  )
}

interface BlockProps extends Place {
  relation: RelationMeta
  child: ObjectMeta
  label?: string
  fields?: readonly string[]
  limit?: number
}

/** The records of one relation, the newest few, and a way to all of them. */
export function RelatedBlock(props: BlockProps) {
  const { object, record, known, relation, child, label = relation.label, limit = 4 } = props
  const say = useWords()
  const entry = useEntry()
  const telling = columnsOf(child)
    .filter((one) => one !== child.title && one !== relation.field && one !== "owner")
    .filter((one) => fieldOf(child, one)?.kind !== "lookup")
    .slice(0, 2)
  const facts = (props.fields ?? telling).flatMap((one) => fieldOf(child, one) ?? [])
  const select = ["id", child.title, ...facts.flatMap((one) => known.asked(one))]
  const { data } = useQuery(records.related(object.key, record.id, relation.key, { select, limit }))
  const count = data?.count?.value ?? 0
  const adding =
    child.may.create &&
    fieldOf(child, relation.field)?.create &&
    fieldOf(child, relation.field)?.kind === "lookup"
  return (
    <section className="block" aria-label={label}>
      <header className="block-head">
        <h2>
          {label} <span className="faint">{data ? count : ""}</span>
        </h2>
        {adding && (
          <IconButton
            label={say("do.new.of", { object: child.label })}
            onClick={() =>
              entry.open({
                object: child.key,
                given: { [relation.field]: record.id },
                names: { [relation.field]: titleOfRecord(object, record) },
              })
            }
          >
            <Plus size={15} />
          </IconButton>
        )}
      </header>
      <ul>
        {data?.items.map((one) => (
          <li key={one.id}>
            <Link
              to="/desk/$object/$id"
              params={{ object: child.key, id: one.id }}
              className="block-item"
            >
              <span className="clip">{titleOfRecord(child, one)}</span>
              <span className="block-facts">
                <Brief record={one} facts={facts} known={known} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {data && count > data.items.length && (
        <Link
          to="/desk/$object"
          params={{ object: child.key }}
          search={{ where: `${relation.field} = ${quoted(record.id)}` }}
          className="block-all"
        >
          {say("record.all", { n: count })}
        </Link>
      )}
    </section>
  )
}

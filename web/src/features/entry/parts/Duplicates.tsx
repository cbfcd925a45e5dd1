import { Link } from "@tanstack/react-router"
import type { Duplicate } from "../../../data/fault"
import type { ObjectMeta } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"

/** Who this may be already; of those one may not see, only whose they are. */
export function Duplicates({
  object,
  found,
  onClose,
}: {
  object: ObjectMeta
  found: Duplicate[]
  onClose: () => void
}) {
  const say = useWords()
  return (
    <section className="duplicates" role="status">
      <h3>{say("entry.duplicates", { n: found.length, object: object.label })}</h3>
      <ul>
        {found.map((one, at) => (
          <li key={one.id ?? at}>
            {one.id ? (
              <Link
                to="/desk/$object/$id"
                params={{ object: one.object ?? object.key, id: one.id }}
                className="value-link"
                onClick={onClose}
              >
                {one.title}
              </Link>
            ) : (
              <span>{say("entry.hidden", { object: object.label })}</span>
            )}
            <span className="soft">
              {ownerOf(one) && `${say("entry.owner")} ${ownerOf(one)}`}
              {one.reasons.length > 0 &&
                ` · ${one.reasons.map((reason) => reasonOf(reason, object)).join("、")}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ownerOf(one: Duplicate): string {
  if (typeof one.owner === "string") return one.owner
  return one.owner?.name ?? ""
}

/** A reason is a text, or says which field agrees. */
function reasonOf(reason: unknown, object: ObjectMeta): string {
  if (typeof reason === "string")
    return object.fields.find((one) => one.key === reason)?.label ?? reason
  if (typeof reason !== "object" || reason === null) return ""
  const field = "field" in reason ? String(reason.field) : ""
  return object.fields.find((one) => one.key === field)?.label ?? field
}

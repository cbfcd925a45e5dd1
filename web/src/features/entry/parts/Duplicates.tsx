import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { ask as client } from "../../../data/client"
import type { Duplicate } from "../../../data/fault"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { tellFault } from "../../../ui/toast"
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
              <span>{one.title ?? say("entry.hidden", { object: object.label })}</span>
            )}
            <span className="soft">
              {ownerOf(one) && `${say("entry.owner")} ${ownerOf(one)}`}
              {one.reasons.length > 0 &&
                ` · ${one.reasons.map((reason) => reasonOf(reason, object)).join("、")}`}
              {one.protected_until &&
                ` · ${say("cards.until", { at: one.protected_until.slice(0, 10) })}`}
            </span>
            {one.card && <Ask card={one.card} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

const WISHES = ["access", "collaboration", "release"] as const

/** Whoever may not see a record can ask its owner for it. */
function Ask({ card }: { card: string }) {
  const say = useWords()
  const [asked, setAsked] = useState<string>()
  async function ask(wish: string) {
    try {
      await client("POST", `/identity/cards/${card}/wishes`, { body: { wish } })
      setAsked(wish)
    } catch (error) {
      tellFault(error)
    }
  }
  if (asked) return <span className="soft">{say("cards.asked")}</span>
  return (
    <span className="duplicates-ask">
      {WISHES.map((one) => (
        <Button key={one} small onClick={() => void ask(one)}>
          {say(`cards.${one}`)}
        </Button>
      ))}
    </span>
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

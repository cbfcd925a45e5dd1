import { Link } from "@tanstack/react-router"
import { ArrowRight } from "lucide-react"
import { pointingAt, type Said, saidIn } from "../../../../kernel/design/object"
import { ObjectIcon } from "../../../../ui/icons"
import { Empty } from "../../../../ui/states"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"

/** What this object points at, and what points at it: each a field that can be opened. */
export function Relations({ design }: { design: Design }) {
  const say = useWords()
  const { language } = design
  const { document } = design.draft
  const bodies = design.objects.map((one) => (one.key === document.key ? document : one.body))
  const out = document.fields.filter((one) => typeof one.object === "string")
  const back = pointingAt(document.key, bodies)
  const called = (key: unknown) => {
    const known = bodies.find((one) => one.key === key)
    return known ? saidIn(known.label, language) : String(key ?? "—")
  }
  if (out.length + back.length === 0)
    return <Empty title={say("relations.none")} hint={say("relations.none.hint")} />
  return (
    <div className="designer-narrow relations">
      {out.length > 0 && <h2>{say("relations.out")}</h2>}
      <ul>
        {out.map((one) => (
          <li key={one.key}>
            <Link
              to="/workshop/objects/$key"
              params={{ key: document.key }}
              search={{ field: one.key }}
            >
              <span>{saidIn(one.label, language)}</span>
              <ArrowRight size={14} aria-hidden="true" />
              <span>{called(one.object)}</span>
              <span className="soft">
                {design.kinds.find((kind) => kind.name === one.kind)?.label}
                {one.on_delete === "restrict" && ` · ${say("setting.on_delete.restrict")}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {back.length > 0 && <h2>{say("relations.back")}</h2>}
      <ul>
        {back.map(({ object, field }) => (
          <li key={`${object.key}.${field.key}`}>
            <Link
              to="/workshop/objects/$key"
              params={{ key: object.key }}
              search={{ field: field.key }}
            >
              <ObjectIcon name={object.icon} size={14} />
              <span>{saidIn(object.label, language)}</span>
              <span className="soft">
                {say("relations.by", { field: saidIn(field.label, language) })}
              </span>
              <span className="soft">
                {saidIn(field.relation_label as Said | undefined, language)}{" "}
                <code>{String(field.relation ?? "")}</code>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

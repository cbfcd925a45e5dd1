import { useQuery } from "@tanstack/react-query"
import { departments } from "../../../data/people"
import "../../../ui/lines.css"
import { useWords } from "../../../ui/words"
import type { Preview } from "./api"
import type { Draft } from "./model"

/** How many records would go to whom. */
export function PreviewStep({ preview, draft }: { preview: Preview; draft: Draft }) {
  const say = useWords()
  const { data: places } = useQuery(departments())
  const pool = (id: string) =>
    say("handover.pool", { name: places?.find((one) => one.id === id)?.name ?? "…" })
  const shown = preview.objects.filter((one) => one.total > 0)
  return (
    <>
      {preview.left > 0 ? (
        <p className={draft.disable ? "deed-fault" : "soft"} role="status">
          {say("handover.left", { n: preview.left })}
        </p>
      ) : (
        <p className="handover-good" role="status">
          {say("handover.left.none")}
        </p>
      )}
      {preview.warnings.map((one) => (
        <p key={one.name} className="handover-warn">
          {say("handover.warn.absent", { name: one.name })}
        </p>
      ))}
      {shown.length === 0 ? (
        <p className="soft">{say("handover.start.none")}</p>
      ) : (
        <ul className="handover-flow">
          {shown.map((one) => (
            <li key={one.key}>
              <strong>
                {one.field === "owner" ? one.label : `${one.label} · ${one.field_label}`}
              </strong>
              <span className="soft">{say("handover.count", { n: one.total })}</span>
              <ul>
                {one.rules.flatMap((rule) =>
                  rule.targets.map((to) => (
                    <li key={`${rule.rule} ${to.user ?? to.pool}`}>
                      → {to.pool ? pool(to.pool) : to.name}{" "}
                      <b>{say("handover.count", { n: to.count })}</b>
                    </li>
                  )),
                )}
                {one.left > 0 && (
                  <li className="soft">
                    {say("handover.to.none")} <b>{say("handover.count", { n: one.left })}</b>
                  </li>
                )}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

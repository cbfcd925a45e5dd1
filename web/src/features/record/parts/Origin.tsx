import { useQuery } from "@tanstack/react-query"
import { HoverCard } from "radix-ui"
import { type ReactNode, useState } from "react"
import { type Origin as From, lineage, type Written } from "../../../data/lineage"
import { useLanguage } from "../../../data/preferences"
import { Shown } from "../../../fields/show"
import { moment } from "../../../kernel/format"
import type { FieldMeta } from "../../../kernel/meta"
import { Bones } from "../../../ui/states"
import { type Say, useWords } from "../../../ui/words"
import type { Place } from "../place"

const PATIENCE = 450

/** A value that tells on hover who gave it, when, and where it comes from. */
export function Origin({
  object,
  record,
  field,
  children,
}: Place & { field: FieldMeta; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <HoverCard.Root open={open} onOpenChange={setOpen} openDelay={PATIENCE} closeDelay={120}>
      <HoverCard.Trigger asChild>{children}</HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content className="float origin" side="right" align="start" collisionPadding={8}>
          <OriginShown object={object.key} id={record.id} field={field} />
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  )
}

function OriginShown({ object, id, field }: { object: string; id: string; field: FieldMeta }) {
  const say = useWords()
  const language = useLanguage()
  const { data, error } = useQuery(lineage.of(object, id, field.key))
  if (error) return <p className="soft">{say("origin.none")}</p>
  if (!data) return <Bones lines={2} height={14} />
  if (!data.current && data.items.length === 0) return <p className="soft">{say("origin.none")}</p>
  const now = new Date()
  const first = data.items[0]
  return (
    <>
      {data.current && (
        <p className="origin-now">
          <strong>{data.current.actor?.name ?? say("timeline.system")}</strong>{" "}
          {moment(data.current.at, language, now)}
          <span className="soft"> · {fromSaid(data.current.origin, say)}</span>
        </p>
      )}
      {first?.raw && <p className="soft">{say("origin.raw", { text: first.raw })}</p>}
      <ul className="origin-past">
        {data.items
          .filter((one) => one.kind !== "created" || data.items.length > 1)
          .map((one) => (
            <Past key={one.at + one.kind} one={one} field={field} />
          ))}
      </ul>
    </>
  )
}

function Past({ one, field }: { one: Written; field: FieldMeta }) {
  const language = useLanguage()
  const plain: FieldMeta = ["phone", "email", "url"].includes(field.kind)
    ? { ...field, kind: "text" }
    : field
  return (
    <li>
      <span className="faint">{moment(one.at, language, new Date())}</span>{" "}
      {!field.object && (
        <>
          <Shown field={plain} value={one.old} /> <span className="faint">→</span>{" "}
          <Shown field={plain} value={one.new} />
        </>
      )}{" "}
      <span className="soft">{one.actor?.name}</span>
    </li>
  )
}

const KINDS = [
  "user",
  "application",
  "import",
  "merge",
  "system",
  "formula",
  "register",
  "rule",
] as const

function fromSaid(from: From, say: Say): string {
  if (from.import?.name) {
    const line = from.import.line ? ` · ${say("origin.line", { n: from.import.line })}` : ""
    return `${from.import.name}${line}`
  }
  if (from.key?.name) return from.key.name
  const kind = KINDS.find((one) => one === from.kind)
  return kind ? say(`origin.${kind}`) : from.kind
}

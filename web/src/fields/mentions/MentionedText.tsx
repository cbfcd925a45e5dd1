import { useQuery } from "@tanstack/react-query"
import { me, people } from "../../data/recipes"
import { mentioned, pieces } from "../../kernel/mentions"
import type { FieldMeta, RecordData } from "../../kernel/meta"
import { useWords } from "../../ui/words"
import { keysOf } from "../picker"
import { namesOf } from "./MentionText"
import "./mentions.css"

/** A text of a record with those it mentions marked; who is called otherwise by now stands below. */
export function MentionedText({ field, record }: { field: FieldMeta; record: RecordData }) {
  const say = useWords()
  const ids = field.settings.mentions ? keysOf(record[field.settings.mentions]) : []
  const { data: everybody } = useQuery({ ...people(), enabled: ids.length > 0 })
  const { data: who } = useQuery({ ...me(), enabled: ids.length > 0 })
  const text = String(record[field.key] ?? "")
  const called = namesOf(everybody ?? [], ids)
  const said = mentioned(text, called)
  const others = ids.flatMap((id) =>
    said.has(id) ? [] : (called.find((one) => one.id === id) ?? []),
  )
  return (
    <>
      {pieces(text, called).map((one, at) =>
        typeof one === "string" ? (
          one
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text stay where they are
          <Mention key={at} name={one.name} mine={one.id === who?.user.id} />
        ),
      )}
      {others.length > 0 && (
        <span className="mention-others soft">
          {say("mention.others")}
          {others.map((one) => (
            <Mention key={one.id} name={one.name} mine={one.id === who?.user.id} />
          ))}
        </span>
      )}
    </>
  )
}

function Mention({ name, mine }: { name: string; mine: boolean }) {
  return (
    <span className="mention" data-mine={mine || undefined}>
      @{name}
    </span>
  )
}

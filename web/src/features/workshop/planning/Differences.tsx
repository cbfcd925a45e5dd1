import type { Difference } from "../../../kernel/design/compare"
import type { Word } from "../../../kernel/words/zh"
import { type Say, useWords } from "../../../ui/words"
import "./planning.css"

/** What is different, member by member. */
export function Differences({ list }: { list: readonly Difference[] }) {
  const say = useWords()
  return (
    <dl className="differences">
      {list.map((one) => (
        <div key={`${one.path} ${one.how}`} data-how={one.how}>
          <dt>
            <span className="difference-how">{say(`difference.${one.how}` as Word)}</span>
            <code>{one.path.endsWith("↕") ? say("difference.order") : one.path}</code>
          </dt>
          <dd>
            {one.before !== undefined && <del>{short(one.before, say)}</del>}
            {one.after !== undefined && <ins>{short(one.after, say)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function short(value: unknown, say: Say): string {
  if (typeof value === "boolean") return say(value ? "value.yes" : "value.no")
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

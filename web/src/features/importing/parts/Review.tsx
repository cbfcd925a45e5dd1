import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { records } from "../../../data/recipes"
import { fieldOf, type ObjectMeta } from "../../../kernel/meta"
import { type Tongue, written } from "../../../kernel/rehearsal"
import { Button } from "../../../ui/button"
import { More } from "../../../ui/more"
import { Trouble } from "../../../ui/states"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { type Decision, decide, imports, type Waiting } from "../api"
import { useTongue } from "../tongue"
import "../review.css"

const FACTS = 6

/** The lines of a run that seem to be there already: somebody says of each what becomes of it. */
export function Review({ object, id }: { object: ObjectMeta; id: string }) {
  const say = useWords()
  const client = useQueryClient()
  const [against, setAgainst] = useState<Record<number, string>>({})
  const found = useInfiniteQuery(imports.waiting(id))
  const there = found.data?.pages.flatMap((one) => one.items) ?? []
  const tongue = useTongue(object, there.map(asLine))
  const doing = useMutation({
    mutationFn: ({ lines, decision }: { lines: number[]; decision: Decision }) =>
      decide(id, lines, decision),
    onSuccess: async ({ counts, problems }) => {
      setAgainst(
        Object.fromEntries(problems.map((one) => [one.line, one.problems[0]?.message ?? ""])),
      )
      const done = DONE.filter((one) => (counts[one] ?? 0) > 0)
      if (done.length > 0)
        tell(done.map((one) => `${say(`import.${one}`)} ${counts[one]}`).join(" · "))
      await client.invalidateQueries({ queryKey: ["imports", id, "waiting"] })
      await client.invalidateQueries({ queryKey: records.all(object.key) })
    },
    onError: tellFault,
  })
  if (found.error) return <Trouble error={found.error} />
  if (there.length === 0) return null
  const may: Decision[] = [
    ...(object.may.update ? (["merge", "update"] as const) : []),
    ...(object.may.create ? (["create"] as const) : []),
    ...(object.may.update ? (["skip"] as const) : []),
  ]
  const buttons = (lines: number[], of: string) =>
    may.map((one) => (
      <Button
        key={one}
        small
        aria-label={`${of} ${say(`import.decide.${one}`)}`}
        title={say(`import.decide.${one}.hint`)}
        disabled={doing.isPending}
        onClick={() => doing.mutate({ lines, decision: one })}
      >
        {say(`import.decide.${one}`)}
      </Button>
    ))
  const all = there.map((one) => one.line)
  return (
    <section className="review" aria-label={say("import.review")}>
      <header>
        <h3>{say("import.review")}</h3>
        <p className="soft">{say("import.review.hint", { object: object.label })}</p>
        {all.length > 1 && (
          <div className="review-deeds">
            <span className="soft">{say("import.review.all", { n: all.length })}</span>
            {buttons(all, say("import.review.all", { n: all.length }))}
          </div>
        )}
      </header>
      <ul>
        {there.map((one) => (
          <li key={one.line}>
            <Facts {...{ object, tongue }} of={one} />
            <Match object={object} of={one} />
            <div className="review-deeds">
              {buttons([one.line], say("import.review.line", { n: one.line }))}
            </div>
            {against[one.line] && <p className="import-missing">{against[one.line]}</p>}
          </li>
        ))}
      </ul>
      <More of={found} />
    </section>
  )
}

const DONE = ["created", "updated", "unchanged", "skipped"] as const

/** A waiting line in the shape whose ids are given names. */
function asLine({ line, values }: Waiting) {
  const cells = Object.entries(values).map(([field, value]) => ({
    ...{ column: "", header: "", state: null, raw: null, old: null },
    field,
    value,
  }))
  return { line, kinds: [], record: null, title: null, cells, problems: [] }
}

interface Told {
  object: ObjectMeta
  of: Waiting
}

/** What the file says: the title, then the first of its other values. */
function Facts({ object, of, tongue }: Told & { tongue: Tongue }) {
  const say = useWords()
  const facts = Object.entries(of.values).flatMap(([key, value]) => {
    const field = fieldOf(object, key)
    const text = field ? written(field, value, tongue) : ""
    return field && text ? [{ key, label: field.label, text }] : []
  })
  const title = facts.find((one) => one.key === object.title)
  const others = facts.filter((one) => one !== title).slice(0, FACTS)
  return (
    <div className="review-facts">
      <p>
        <span className="faint">{say("import.review.line", { n: of.line })}</span>{" "}
        <strong>{title?.text}</strong>
      </p>
      <p className="soft">{others.map((one) => `${one.label} ${one.text}`).join(" · ")}</p>
    </div>
  )
}

/** Whom the line may be; of a record that one does not see, only whose it is. */
function Match({ object, of }: Told) {
  const say = useWords()
  return (
    <ul className="review-matches">
      {of.matches.map((one, at) => {
        const fields = one.reasons.map((key) => fieldOf(object, key)?.label ?? key).join("、")
        return (
          <li key={one.record ?? at}>
            {say("import.review.like")}{" "}
            {one.record ? (
              <Link
                className="value-link"
                to="/desk/$object/$id"
                params={{ object: object.key, id: one.record }}
                target="_blank"
              >
                {one.title || object.label}
              </Link>
            ) : (
              say("import.review.hidden", { owner: one.owner || "—" })
            )}{" "}
            {fields && <span className="soft">{say("import.review.same", { fields })}</span>}
          </li>
        )
      })}
    </ul>
  )
}

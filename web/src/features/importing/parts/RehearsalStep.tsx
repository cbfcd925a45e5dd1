import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { More } from "../../../ui/more"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { type Draft, imports, isOver, type Rehearsal } from "../api"
import { Notices } from "./Notices"
import { Progress } from "./Progress"
import { RehearsalGrid } from "./RehearsalGrid"
import "../rehearsal.css"

interface Props {
  object: ObjectMeta
  draft: Draft
  round: number
  busy: boolean
  onBack: () => void
  onStart: () => void
}

/** What the import would do, cell by cell, before anything is written. */
export function RehearsalStep({ object, draft, round, busy, onBack, onStart }: Props) {
  const say = useWords()
  const [kind, setKind] = useState("")
  const found = useQuery(imports.rehearsal(draft.id, round))
  const told = found.data
  const over = told !== undefined && isOver(told)
  const lines = useInfiniteQuery({ ...imports.lines(draft.id, round, kind), enabled: over })
  if (found.error) return <Trouble error={found.error} />
  if (!told || !over) {
    return (
      <Progress run={told} says={say("import.rehearsing")}>
        <Button onClick={onBack}>{say("do.back")}</Button>
      </Progress>
    )
  }
  const taken = told.total - told.failed - told.skipped - told.unchanged
  // As far as can be told: what repeats a line of the file itself is left out without a question.
  const waiting =
    draft.on_duplicate === "review" ? Math.min(told.skipped, told.duplicates.in_base) : 0
  const there = lines.data?.pages.flatMap((one) => one.items) ?? []
  return (
    <>
      <Totals told={told} kind={kind} onKind={setKind} />
      <Notices run={told} />
      {told.stopped && <p className="import-missing">{told.stopped}</p>}
      {lines.isPending && <Bones lines={12} height={24} />}
      {lines.error && <Trouble error={lines.error} />}
      {told.total === 0 && <Empty title={say("import.no.lines")} />}
      {there.length > 0 && (
        <section
          className="rehearsal"
          aria-label={say("import.rehearsal")}
          aria-busy={lines.isPlaceholderData || undefined}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
          tabIndex={0}
        >
          <RehearsalGrid object={object} draft={draft} lines={there} />
          <More of={lines} />
        </section>
      )}
      <footer className="import-foot">
        <span className="soft">
          {say(taken + waiting > 0 ? "import.nothing.yet" : "import.none.taken")}
          {waiting > 0 && ` ${say("import.will.wait", { n: waiting.toLocaleString() })}`}
        </span>
        <Button onClick={onBack}>{say("do.back")}</Button>
        <Button
          look="main"
          disabled={busy || told.state !== "done" || taken + waiting === 0}
          onClick={onStart}
        >
          {say("import.start", { n: taken.toLocaleString() })}
        </Button>
      </footer>
    </>
  )
}

type Total = [kind: string, label: string, n: number]

/** How many lines share a fate, and how many cells want a look; each of them shows just its lines. */
function Totals({
  told,
  kind,
  onKind,
}: {
  told: Rehearsal
  kind: string
  onKind: (kind: string) => void
}) {
  const say = useWords()
  const lines: Total[] = [
    ["", say("list.all"), told.total],
    ["created", say("import.created"), told.created],
    ["updated", say("import.updated"), told.updated],
    ["unchanged", say("import.unchanged"), told.unchanged],
    ["skipped", say("import.skipped"), told.skipped],
    ["failed", say("import.failed"), told.failed],
    ["remarked", say("import.remarked"), told.remarked],
  ]
  const cells: Total[] = (["changed", "conflict", "unreadable"] as const).map((one) => [
    one,
    say(`import.cell.${one}`),
    told.cells[one],
  ])
  const shown = ([key, label, n]: Total, swatch: boolean) => (
    <Button
      key={key}
      look="quiet"
      small
      aria-pressed={kind === key}
      disabled={key !== "" && n === 0}
      icon={swatch && <span className="rehearsal-swatch" data-cell={key} aria-hidden="true" />}
      onClick={() => onKind(key)}
    >
      {label} <span className="rehearsal-n">{n.toLocaleString()}</span>
    </Button>
  )
  return (
    <div className="rehearsal-totals">
      <div role="group" aria-label={say("import.by.line")}>
        <span className="faint">{say("import.by.line")}</span>
        {lines.filter(([key, , n]) => key === "" || n > 0).map((one) => shown(one, false))}
      </div>
      {cells.some(([, , n]) => n > 0) && (
        <div role="group" aria-label={say("import.by.cell")}>
          <span className="faint">{say("import.by.cell")}</span>
          {cells.filter(([, , n]) => n > 0).map((one) => shown(one, true))}
        </div>
      )}
    </div>
  )
}

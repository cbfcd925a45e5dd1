import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { type ObjectMeta, titleOfRecord } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { type Draft, imports, isOver, type Line, type Rehearsal } from "../api"
import { Progress } from "./Progress"

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
  const lines = useQuery({ ...imports.lines(draft.id, round, kind), enabled: over })
  if (found.error) return <Trouble error={found.error} />
  if (!told || !over) return <Progress run={told} says={say("import.rehearsing")} />
  const mapped = draft.columns.filter((one) => one.field)
  return (
    <>
      <Totals told={told} kind={kind} onKind={setKind} />
      {lines.isPending && <Bones lines={8} height={20} />}
      <div className="rehearsal">
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{say("import.fate")}</th>
              {mapped.map((one) => (
                <th key={one.at} scope="col">
                  {one.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.data?.items.map((line) => (
              <LineShown
                key={line.line}
                line={line}
                columns={mapped.map((one) => one.letter)}
                object={object}
              />
            ))}
          </tbody>
        </table>
      </div>
      <footer className="import-foot">
        <span className="soft">{say("import.nothing.yet")}</span>
        <Button onClick={onBack}>{say("do.back")}</Button>
        <Button look="main" disabled={busy || told.state !== "done"} onClick={onStart}>
          {say("import.start", { n: told.total })}
        </Button>
      </footer>
    </>
  )
}

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
  const totals: [string, string, number][] = [
    ["", say("list.all"), told.total],
    ["created", say("import.created"), told.created],
    ["updated", say("import.updated"), told.updated],
    ["skipped", say("import.skipped"), told.skipped],
    ["failed", say("import.failed"), told.failed],
    ["conflict", say("import.cell.conflict"), told.cells.conflict],
    ["unreadable", say("import.cell.unreadable"), told.cells.unreadable],
  ]
  return (
    <div className="rehearsal-totals" role="group" aria-label={say("import.rehearsal")}>
      {totals
        .filter(([key, , n]) => key === "" || n > 0)
        .map(([key, label, n]) => (
          <Button
            key={key}
            look="quiet"
            small
            aria-pressed={kind === key}
            onClick={() => onKind(key)}
          >
            {label} {n.toLocaleString()}
          </Button>
        ))}
    </div>
  )
}

const FATES = ["failed", "skipped", "updated", "created", "unchanged"] as const

function LineShown({
  line,
  columns,
  object,
}: {
  line: Line
  columns: string[]
  object: ObjectMeta
}) {
  const say = useWords()
  const fate = FATES.find((one) => line.kinds.includes(one)) ?? "unchanged"
  const general = line.problems.filter((one) => one.column === null).map((one) => one.message)
  return (
    <tr>
      <td className="faint">{line.line}</td>
      <td title={general.join("\n")}>
        <span data-fate={fate}>{say(`import.${fate}`)}</span>
        {line.record && (
          <span className="soft"> {line.title ?? titleOfRecord(object, { id: line.record })}</span>
        )}
      </td>
      {columns.map((letter) => {
        const cell = line.cells.find((one) => one.column === letter)
        const wrong = line.problems.filter((one) => one.column === letter).map((one) => one.message)
        const raw = cell?.raw ?? ""
        const differs = cell && cell.value !== null && String(cell.value) !== String(raw)
        const says = [
          cell && say(`import.cell.${cell.state}`),
          cell?.old !== null && cell?.old !== undefined && cell.state !== "same"
            ? `${say("import.old")} ${cell.old}`
            : "",
          ...wrong,
        ]
        return (
          <td key={letter} data-cell={cell?.state} title={says.filter(Boolean).join("\n")}>
            {String(raw)}
            {differs && cell.state !== "unreadable" && (
              <span className="rehearsal-value"> → {String(cell.value)}</span>
            )}
            {wrong.length > 0 && <span className="rehearsal-wrong">{wrong[0]}</span>}
          </td>
        )
      })}
    </tr>
  )
}

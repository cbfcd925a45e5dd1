import { isFigure } from "../../../fields/show"
import { fieldOf, type ObjectMeta } from "../../../kernel/meta"
import { alters, markOf, type Tongue, written } from "../../../kernel/rehearsal"
import { useWords } from "../../../ui/words"
import type { Column, Draft, Line } from "../api"
import { useTongue } from "../tongue"

const FATES = ["failed", "skipped", "updated", "created", "unchanged"] as const

/** Lines of the file as they came, with what would be kept of them. */
export function RehearsalGrid({
  object,
  draft,
  lines,
}: {
  object: ObjectMeta
  draft: Draft
  lines: readonly Line[]
}) {
  const say = useWords()
  const tongue = useTongue(object, lines)
  const mapped = draft.columns.filter((one) => one.field)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="rehearsal-line">
            {say("import.line")}
          </th>
          <th scope="col" className="rehearsal-fate">
            {say("import.fate")}
          </th>
          {mapped.map((one) => (
            <th key={one.at} scope="col" data-figure={figures(object, one.field) || undefined}>
              {one.header || one.letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <LineShown key={line.line} {...{ object, line, tongue }} columns={mapped} />
        ))}
      </tbody>
    </table>
  )
}

function figures(object: ObjectMeta, key: string | null): boolean {
  const field = fieldOf(object, key ?? "")
  return field !== undefined && isFigure(field)
}

interface LineProps {
  object: ObjectMeta
  line: Line
  columns: readonly Column[]
  tongue: Tongue
}

function LineShown({ object, line, columns, tongue }: LineProps) {
  const say = useWords()
  const fate = FATES.find((one) => line.kinds.includes(one)) ?? "unchanged"
  const general = line.problems.filter((one) => one.column === null).map((one) => one.message)
  const because = general[0] ?? line.title ?? ""
  return (
    <tr>
      <th scope="row" className="rehearsal-line">
        {line.line}
      </th>
      <td className="rehearsal-fate" title={general.join("\n") || undefined}>
        <span data-fate={fate}>{say(`import.${fate}`)}</span>
        {because && <span className="rehearsal-note">{because}</span>}
      </td>
      {columns.map((column) => (
        <CellShown key={column.letter} {...{ object, line, column, fate, tongue }} />
      ))}
    </tr>
  )
}

function CellShown({
  object,
  line,
  column,
  fate,
  tongue,
}: Omit<LineProps, "columns"> & {
  column: Column
  fate: string
}) {
  const say = useWords()
  const cell = line.cells.find((one) => one.column === column.letter)
  const notes = line.problems
    .filter((one) => one.column === column.letter)
    .map((one) => one.message)
  const field = fieldOf(object, column.field ?? "")
  const figure = figures(object, column.field) || undefined
  if (!cell) return <td data-figure={figure} />
  const raw = written(undefined, cell.raw, tongue)
  const text = cell.state === "unreadable" ? "" : written(field, cell.value, tongue)
  const old = cell.state === "same" ? "" : written(field, cell.old, tongue)
  const mark = markOf(cell.state, fate)
  if (mark === "conflict" && old) notes.unshift(say("import.kept", { value: old }))
  else if (mark === "changed" && old) notes.unshift(say("import.was", { value: old }))
  const standard = alters(field, cell.raw, text) ? text : ""
  const says = [mark && say(`import.cell.${mark}`), standard && `${raw} → ${standard}`, ...notes]
  return (
    <td data-cell={mark} data-figure={figure} title={says.filter(Boolean).join("\n") || undefined}>
      {standard ? (
        <>
          <span className="faint">{raw} → </span>
          {standard}
        </>
      ) : (
        raw
      )}
      {notes[0] && <span className="rehearsal-note">{notes[0]}</span>}
    </td>
  )
}

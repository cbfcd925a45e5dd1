import { useWords } from "../../../ui/words"
import type { Run } from "../api"

const NAMES = 6

/** What the file says that goes nowhere: lines that are no records, names that nobody goes by. */
export function Notices({ run }: { run: Run }) {
  const say = useWords()
  const unknown = Object.entries(run.unknown).filter(([, names]) => Object.keys(names).length > 0)
  if (unknown.length === 0 && run.ignored.length === 0) return null
  const why = (word: string) =>
    say(word === "total" ? "import.ignored.total" : "import.ignored.note")
  return (
    <ul className="import-notices">
      {unknown.map(([column, names]) => {
        const all = Object.entries(names).sort(([, a], [, b]) => b - a)
        const shown = all
          .slice(0, NAMES)
          .map(([name, n]) => say("import.unknown.name", { name, n: n.toLocaleString() }))
          .join("、")
        return (
          <li key={column}>
            {say("import.unknown", { column, names: shown })}
            {all.length > NAMES && ` ${say("import.unknown.more", { n: all.length })}`}
          </li>
        )
      })}
      {run.ignored.slice(0, NAMES).map((one) => (
        <li key={one.line}>{say("import.ignored", { n: one.line, why: why(one.why) })}</li>
      ))}
      {run.ignored.length > NAMES && (
        <li>{say("import.ignored.more", { n: run.ignored.length - NAMES })}</li>
      )}
    </ul>
  )
}

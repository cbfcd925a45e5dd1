import { ArrowRight } from "lucide-react"
import type { ObjectMeta } from "../../../kernel/meta"
import { formOf } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { Column, Draft } from "../api"

interface Props {
  object: ObjectMeta
  draft: Draft
  busy: boolean
  onChange: (change: unknown) => void
  onNext: () => void
}

const POLICIES = ["skip", "update", "create"] as const

/** Which column goes into which field; what was guessed says how sure it is. */
export function MappingStep({ object, draft, busy, onChange, onNext }: Props) {
  const say = useWords()
  const missing = formOf(object, "create").filter(
    (one) => one.required && !draft.columns.some((column) => column.field === one.key),
  )
  return (
    <>
      <div className="import-options">
        <span>
          <strong>{draft.name}</strong>
        </span>
        {draft.sheets.length > 1 && (
          <label>
            {say("import.sheet")}{" "}
            <select
              className="input"
              value={draft.sheet}
              disabled={busy}
              onChange={(event) => onChange({ sheet: event.target.value })}
            >
              {draft.sheets.map((one) => (
                <option key={one.name} value={one.name}>
                  {one.name} ({one.lines})
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {say("import.duplicates")}{" "}
          <select
            className="input"
            value={draft.on_duplicate}
            disabled={busy}
            onChange={(event) => onChange({ on_duplicate: event.target.value })}
          >
            {POLICIES.map((one) => (
              <option key={one} value={one}>
                {say(`import.on.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <table className="import-mapping">
        <thead>
          <tr>
            <th scope="col">{say("import.column")}</th>
            <th scope="col">{say("import.sample")}</th>
            <th scope="col">{say("import.field")}</th>
            <th scope="col">{say("import.confidence")}</th>
          </tr>
        </thead>
        <tbody>
          {draft.columns.map((one) => (
            <Row
              key={one.at}
              object={object}
              column={one}
              busy={busy}
              onChange={(field) => onChange({ mapping: { [one.header || one.letter]: field } })}
            />
          ))}
        </tbody>
      </table>
      <footer className="import-foot">
        {missing.length > 0 && (
          <span className="import-missing">
            {say("import.missing", { fields: missing.map((one) => one.label).join("、") })}
          </span>
        )}
        <Button look="main" icon={<ArrowRight size={15} />} disabled={busy} onClick={onNext}>
          {say("import.rehearse")}
        </Button>
      </footer>
    </>
  )
}

function Row({
  object,
  column,
  busy,
  onChange,
}: {
  object: ObjectMeta
  column: Column
  busy: boolean
  onChange: (field: string | null) => void
}) {
  const say = useWords()
  const sure = Math.round(column.confidence * 100)
  return (
    <tr>
      <th scope="row">
        <span className="faint">{column.letter}</span> {column.header}
      </th>
      <td className="soft clip import-sample">{column.sample.filter(Boolean).join(" · ")}</td>
      <td>
        <select
          className="input"
          aria-label={`${say("import.field")} ${column.header}`}
          value={column.field ?? ""}
          disabled={busy}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">{say("import.leave")}</option>
          {formOf(object, "create").map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
          {column.field && !formOf(object, "create").some((one) => one.key === column.field) && (
            <option value={column.field}>{column.field}</option>
          )}
        </select>
      </td>
      <td>
        {column.field && (
          <span
            className="import-sure"
            data-sure={sure >= 90 ? "yes" : sure >= 70 ? "rather" : "no"}
          >
            {sure}%
          </span>
        )}
      </td>
    </tr>
  )
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { ArrowRight } from "lucide-react"
import { catalog } from "../../../data/recipes"
import type { Catalog, FieldMeta, ObjectMeta } from "../../../kernel/meta"
import { formOf } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { Column, Draft } from "../api"

interface Beside {
  key: string
  label: string
  fields: FieldMeta[]
}

/** The relations some paths lead over, with the fields of what belongs there. */
function relatedTo(known: Catalog, object: ObjectMeta, paths: (string | null)[]): Beside[] {
  const keys = new Set(paths.flatMap((one) => (one?.includes(".") ? one.split(".")[0] : [])))
  return object.relations.flatMap((one) => {
    const child = known.object(one.object)
    if (!keys.has(one.key) || !child) return []
    return { key: one.key, label: one.label, fields: formOf(child, "create") }
  })
}

/** What a path is called: 联系人 · 手机. */
function calledIn(beside: Beside[], path: string): string {
  const [key, name] = path.split(".")
  const found = beside.find((one) => one.key === key)
  const field = found?.fields.find((one) => one.key === name)
  return found && field ? `${found.label} · ${field.label}` : path
}

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
  const hidden = draft.sheets.find((one) => one.name === draft.sheet)?.hidden_lines ?? 0
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
        {hidden > 0 && (
          <span className="import-missing">{say("import.hidden", { n: hidden })}</span>
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
  const fields = formOf(object, "create")
  const own = fields.map((one) => one.key)
  const { data: known } = useSuspenseQuery(catalog())
  const sure = Math.round(column.confidence * 100)
  const beside = relatedTo(known, object, [column.field, column.proposed])
  const proposed = column.proposed !== column.field && column.proposed
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
          {fields.map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
          {beside.map((one) => (
            <optgroup key={one.key} label={one.label}>
              {one.fields.map((field) => (
                <option key={field.key} value={`${one.key}.${field.key}`}>
                  {field.label}
                </option>
              ))}
            </optgroup>
          ))}
          {column.field && !column.field.includes(".") && !own.includes(column.field) && (
            <option value={column.field}>{column.label ?? column.field}</option>
          )}
        </select>
        {column.also && (
          <p className="soft import-also">{say("import.also", { field: column.also.label })}</p>
        )}
        {proposed && (
          <button
            type="button"
            className="value-link import-also"
            disabled={busy}
            onClick={() => onChange(proposed)}
          >
            {say("import.proposed", { field: calledIn(beside, proposed) })}
          </button>
        )}
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

import { useSuspenseQuery } from "@tanstack/react-query"
import { ArrowRight } from "lucide-react"
import { catalog } from "../../../data/recipes"
import { type Catalog, type FieldMeta, fieldOf, type ObjectMeta } from "../../../kernel/meta"
import { formOf } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { Change, Column, Draft } from "../api"
import { ID } from "../ways"
import { LineOptions } from "./LineOptions"
import { SheetOptions } from "./SheetOptions"

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
  onChange: (change: Change) => void
  onNext: () => void
  onFile: () => void
}

/** Which column goes into which field; what was guessed says how sure it is. */
export function MappingStep({ object, draft, busy, onChange, onNext, onFile }: Props) {
  const say = useWords()
  return (
    <>
      <SheetOptions draft={draft} busy={busy} onChange={onChange} onFile={onFile} />
      <LineOptions object={object} draft={draft} busy={busy} onChange={onChange} />
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
              draft={draft}
              column={one}
              busy={busy}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
      <footer className="import-foot">
        <ul className="import-missing">
          {draft.problems.map((one) => (
            <li key={`${one.path} ${one.code}`}>{one.message}</li>
          ))}
        </ul>
        <Button
          look="main"
          icon={<ArrowRight size={15} />}
          disabled={busy || draft.problems.length > 0}
          onClick={onNext}
        >
          {say("import.rehearse")}
        </Button>
      </footer>
    </>
  )
}

interface RowProps {
  object: ObjectMeta
  draft: Draft
  column: Column
  busy: boolean
  onChange: (change: Change) => void
}

function Row({ object, draft, column, busy, onChange }: RowProps) {
  const say = useWords()
  // A column of ids says nothing but which records are meant.
  const put = (field: string | null) =>
    onChange({
      mapping: { [column.header || column.letter]: field },
      ...(field === ID && { key: [ID] }),
    })
  const changes = draft.mode !== "create"
  const fields = [
    ...object.fields.filter((one) => changes && one.key === ID),
    ...formOf(object, draft.mode === "update" ? "update" : "create"),
  ]
  const own = fields.map((one) => one.key)
  const { data: known } = useSuspenseQuery(catalog())
  const sure = Math.round(column.confidence * 100)
  const beside = relatedTo(known, object, [column.field, column.proposed])
  const proposed = column.proposed !== column.field && column.proposed
  return (
    <tr>
      <th scope="row">
        <span className="faint import-letter">{column.letter}</span> {column.header}
      </th>
      <td className="soft clip import-sample">{column.sample.filter(Boolean).join(" · ")}</td>
      <td>
        <select
          className="input"
          aria-label={`${say("import.field")} ${column.header}`}
          value={column.field ?? ""}
          disabled={busy}
          onChange={(event) => put(event.target.value || null)}
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
            onClick={() => put(proposed)}
          >
            {say("import.proposed", { field: calledIn(beside, proposed) })}
          </button>
        )}
        <Missing {...{ object, draft, column, busy, onChange }} />
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

/** Whether a name that nobody goes by makes a record of its own. */
function Missing({ object, draft, column, busy, onChange }: RowProps) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const field = fieldOf(object, column.field ?? "")
  const target = field?.kind === "lookup" ? known.object(field.object ?? "") : undefined
  if (!field || !target?.may.create) return null
  const others = draft.create_missing.filter((one) => one !== field.key)
  return (
    <label className="import-also import-make">
      <input
        type="checkbox"
        checked={others.length < draft.create_missing.length}
        disabled={busy}
        onChange={(event) =>
          onChange({ create_missing: event.target.checked ? [...others, field.key] : others })
        }
      />
      {say("import.make", { object: target.label })}
    </label>
  )
}

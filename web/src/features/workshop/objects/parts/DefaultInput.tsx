import type { Language } from "../../../../data/preferences"
import { type FieldDocument, type Json, optionsOf, saidIn } from "../../../../kernel/design/object"
import { useWords } from "../../../../ui/words"

interface Props {
  id: string
  field: FieldDocument
  language: Language
  onChange: (value: Json | undefined) => void
}

const CALLS: Record<string, string> = {
  date: "TODAY()",
  datetime: "NOW()",
  user: "ME()",
  department: "MY_DEPARTMENT()",
}

/** What a new record has where nobody says anything: a value, or a call like `TODAY()`. */
export function DefaultInput({ id, field, language, onChange }: Props) {
  const say = useWords()
  const value = field.default ?? null
  if (field.kind === "option" || field.kind === "boolean") {
    const options =
      field.kind === "option"
        ? optionsOf(field).map((one) => [one.key, saidIn(one.label, language)] as const)
        : ([
            ["true", say("value.yes")],
            ["false", say("value.no")],
          ] as const)
    return (
      <select
        id={id}
        className="input"
        value={value === null ? "" : String(value)}
        onChange={(event) => {
          const given = event.target.value
          onChange(given === "" ? undefined : field.kind === "boolean" ? given === "true" : given)
        }}
      >
        <option value="">{say("value.empty")}</option>
        {options.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    )
  }
  const call = CALLS[field.kind]
  return (
    <input
      id={id}
      className="input"
      value={
        value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value)
      }
      placeholder={call && say("field.default.call", { call })}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    />
  )
}

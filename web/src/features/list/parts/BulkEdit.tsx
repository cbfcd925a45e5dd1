import { useState } from "react"
import { Edit } from "../../../fields/edit"
import { type FieldMeta, fieldOf, type ObjectMeta, type Value } from "../../../kernel/meta"
import { formOf } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"

const MANY = new Set(["tags", "options", "users", "lookups"])

interface Props {
  object: ObjectMeta
  /** Hears what one field of all that are picked shall hold, or hold besides. */
  onChange: (field: FieldMeta, value: Value, add: boolean) => void
}

/** One field of all picked records: set, or for lists of things added to. */
export function BulkEdit({ object, onChange }: Props) {
  const say = useWords()
  const fields = formOf(object, "update").filter((one) => !one.unique && one.kind !== "children")
  const usual = fields.find((one) => one.kind === "option") ?? fields[0]
  const [key, setKey] = useState(usual?.key ?? "")
  const [value, setValue] = useState<Value>(null)
  const [name, setName] = useState<string>()
  const field = fieldOf(object, key)

  if (!field) return null
  return (
    <div className="bulk-edit">
      <select
        className="input"
        aria-label={say("filter.field")}
        value={key}
        onChange={(event) => {
          setKey(event.target.value)
          setValue(null)
        }}
      >
        {fields.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
      <Edit
        key={key}
        field={field}
        value={value}
        name={name}
        onChange={(next, called) => {
          setValue(next)
          setName(called)
        }}
      />
      <div className="bulk-edit-do">
        {MANY.has(field.kind) && (
          <Button small disabled={value === null} onClick={() => onChange(field, value, true)}>
            {say("bulk.add")}
          </Button>
        )}
        <Button small look="main" onClick={() => onChange(field, value, false)}>
          {say(value === null ? "bulk.clear" : "bulk.set")}
        </Button>
      </div>
    </div>
  )
}

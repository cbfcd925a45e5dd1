import { ArrowDown, ArrowUp, X } from "lucide-react"
import type { FieldMeta } from "../../../kernel/meta"
import { IconButton } from "../../../ui/button"
import { Options } from "../../../ui/inputs"
import { useWords } from "../../../ui/words"

interface Props {
  label: string
  hint?: string
  fields: readonly FieldMeta[]
  chosen: readonly string[]
  onChange: (keys: string[]) => void
}

/** Fields in an order: each moved by its buttons, more picked below. */
export function FieldOrder({ label, hint, fields, chosen, onChange }: Props) {
  const say = useWords()
  const labelOf = (key: string) => fields.find((one) => one.key === key)?.label ?? key
  function move(at: number, step: number) {
    const keys = [...chosen]
    const [one] = keys.splice(at, 1)
    if (one === undefined) return
    keys.splice(at + step, 0, one)
    onChange(keys)
  }
  const rest = fields.filter((one) => !chosen.includes(one.key))
  return (
    <fieldset className="face-set">
      <legend>{label}</legend>
      {hint && chosen.length === 0 && <p className="soft">{hint}</p>}
      <ol className="field-order">
        {chosen.map((one, at) => (
          <li key={one}>
            <span className="clip">{labelOf(one)}</span>
            <IconButton
              label={`${say("forms.up")} ${labelOf(one)}`}
              disabled={at === 0}
              onClick={() => move(at, -1)}
            >
              <ArrowUp size={14} />
            </IconButton>
            <IconButton
              label={`${say("forms.down")} ${labelOf(one)}`}
              disabled={at === chosen.length - 1}
              onClick={() => move(at, 1)}
            >
              <ArrowDown size={14} />
            </IconButton>
            <IconButton
              label={`${say("filter.drop")} ${labelOf(one)}`}
              onClick={() => onChange(chosen.filter((each) => each !== one))}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <select
          className="input"
          aria-label={`${say("faces.add_field")} ${label}`}
          value=""
          onChange={(event) => event.target.value && onChange([...chosen, event.target.value])}
        >
          <option value="">{say("faces.add_field")}</option>
          <Options of={rest} />
        </select>
      )}
    </fieldset>
  )
}

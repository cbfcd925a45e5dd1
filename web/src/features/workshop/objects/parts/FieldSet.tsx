import { X } from "lucide-react"
import type { Language } from "../../../../data/preferences"
import { type ObjectDocument, saidIn } from "../../../../kernel/design/object"
import "../../../../ui/chip.css"
import { useWords } from "../../../../ui/words"

interface Props {
  label: string
  document: ObjectDocument
  language: Language
  value: readonly string[]
  /** Kinds that make no sense here. */
  without?: readonly string[]
  onChange: (keys: string[]) => void
}

/** Some fields together, each a chip that can be taken out. */
export function FieldSet({ label, document, language, value, without = [], onChange }: Props) {
  const say = useWords()
  const called = (key: string) =>
    saidIn(document.fields.find((one) => one.key === key)?.label, language) || key
  const rest = document.fields.filter(
    (one) => !value.includes(one.key) && !without.includes(one.kind),
  )
  return (
    <span className="field-set">
      {value.map((key) => (
        <span key={key} className="chip field-set-one" data-color="grey">
          {called(key)}
          <button
            type="button"
            aria-label={say("rules.field.drop", { label: called(key) })}
            onClick={() => onChange(value.filter((one) => one !== key))}
          >
            <X size={12} />
          </button>
        </span>
      ))}
      <select
        className="input field-set-more"
        aria-label={label}
        value=""
        onChange={(event) => event.target.value && onChange([...value, event.target.value])}
      >
        <option value="">{say("rules.field.add")}</option>
        {rest.map((one) => (
          <option key={one.key} value={one.key}>
            {saidIn(one.label, language)}
          </option>
        ))}
      </select>
    </span>
  )
}

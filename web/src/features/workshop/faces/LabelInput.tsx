import { useLanguage } from "../../../data/preferences"
import { type Said, saidIn, saying } from "../../../kernel/design/object"
import { Labelled } from "../../../ui/labelled"

/** A text in the language one works in; the other language keeps its words. */
export function LabelInput({
  label,
  said,
  hint,
  placeholder,
  onChange,
}: {
  label: string
  said: Said | undefined
  hint?: string
  placeholder?: string
  onChange: (said: Said) => void
}) {
  const language = useLanguage()
  return (
    <Labelled label={label} hint={hint}>
      {(field) => (
        <input
          id={field.id}
          className="input"
          aria-describedby={field.describedBy}
          maxLength={120}
          placeholder={placeholder}
          value={saidIn(said, language)}
          onChange={(event) => onChange(both(saying(said, language, event.target.value)))}
        />
      )}
    </Labelled>
  )
}

/** Whoever writes English only has written the label as well: Chinese is never empty. */
function both(said: Said): Said {
  if (typeof said === "string" || said.zh) return said
  return { ...said, zh: said.en ?? "" }
}

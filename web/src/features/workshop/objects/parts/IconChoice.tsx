import { ICON_NAMES, ObjectIcon } from "../../../../ui/icons"

interface Props {
  labelledBy: string
  value: string
  onChange: (name: string) => void
}

/** An icon out of those there are. */
export function IconChoice({ labelledBy, value, onChange }: Props) {
  return (
    <div className="icon-choice" role="radiogroup" aria-labelledby={labelledBy}>
      {ICON_NAMES.map((name) => (
        <button
          key={name}
          type="button"
          role="radio"
          aria-checked={value === name}
          aria-label={name}
          title={name}
          onClick={() => onChange(name)}
        >
          <ObjectIcon name={name} size={18} />
        </button>
      ))}
    </div>
  )
}

import { type ReactNode, useId } from "react"
import "./input.css"
import "./labelled.css"

interface Props {
  label: ReactNode
  hint?: ReactNode
  wrong?: string
  required?: boolean
  wide?: boolean
  children: (field: { id: string; invalid: boolean; describedBy?: string }) => ReactNode
}

/** A control with what it is called above it, and what is wrong with it or worth knowing below. */
export function Labelled({ label, hint, wrong, required, wide, children }: Props) {
  const id = useId()
  const note = wrong || hint ? `${id}-note` : undefined
  return (
    <div className="labelled" data-wide={wide || undefined}>
      <label htmlFor={id}>
        {label}
        {required && <span className="labelled-star"> *</span>}
      </label>
      {children({ id, invalid: !!wrong, describedBy: note })}
      {(wrong || hint) && (
        <p id={note} className={wrong ? "labelled-wrong" : "labelled-hint"}>
          {wrong || hint}
        </p>
      )}
    </div>
  )
}

/** A tick with its words beside it. */
export function Tick({
  label,
  checked,
  disabled,
  onChange,
}: {
  label: ReactNode
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

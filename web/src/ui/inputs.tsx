import type { InputHTMLAttributes, ReactNode } from "react"
import { Labelled } from "./labelled"

interface Told {
  label: ReactNode
  hint?: ReactNode
  wrong?: string
  required?: boolean
  wide?: boolean
}

type Native = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  "type" | "min" | "maxLength" | "autoComplete" | "placeholder" | "inputMode"
>

interface LineProps extends Told, Native {
  value: string
  onChange: (text: string) => void
}

/** One line of text, a day, a number or a password, under what it is called. */
export function Line({ label, hint, wrong, wide, value, onChange, ...native }: LineProps) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong} required={native.required} wide={wide}>
      {({ id, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          autoComplete="off"
          {...native}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

export interface Choice {
  key: string
  label: ReactNode
}

interface ChoiceProps extends Told {
  value: string | undefined
  choices: readonly Choice[] | undefined
  /** What is called the choice of nothing, where nothing can be chosen. */
  none?: string
  onChange: (key: string) => void
}

/** One of a few, under what it is called. */
export function ChooseOne({ value, choices, none, onChange, ...told }: ChoiceProps) {
  return (
    <Labelled {...told}>
      {({ id, describedBy }) => (
        <select
          id={id}
          className="input"
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {none !== undefined && <option value="">{none}</option>}
          <Options of={choices} />
        </select>
      )}
    </Labelled>
  )
}

/** What a list offers: keys, and how they are called. */
export function Options({ of }: { of: readonly Choice[] | undefined }) {
  return of?.map((one) => (
    <option key={one.key} value={one.key}>
      {one.label}
    </option>
  ))
}

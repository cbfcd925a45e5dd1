import { Command } from "cmdk"
import { Check, ChevronDown, X } from "lucide-react"
import { type ReactNode, useState } from "react"
import type { Value } from "../kernel/meta"
import { Float } from "../ui/float"
import { useWords } from "../ui/words"
import "./picker.css"

export interface Choice {
  key: string
  label: string
  shown?: ReactNode
}

interface Props {
  label: string
  shown: ReactNode
  /** What stands there while nothing is chosen. */
  nothing?: string
  choices: Choice[]
  chosen: string[]
  many?: boolean
  id?: string
  invalid?: boolean
  describedBy?: string
  autoFocus?: boolean
  /** Given when the server does the searching. */
  onSearch?: (text: string) => void
  /** Given when a new word may be made up. */
  onMade?: (word: string) => void
  onChange: (keys: string[]) => void
}

/** A field out of which something is picked, with a search in it. */
export function Picker(props: Props) {
  const { label, shown, chosen, many, id, invalid, describedBy, onChange } = props
  const say = useWords()
  const [open, setOpen] = useState(props.autoFocus ?? false)
  const trigger = (
    <button
      type="button"
      id={id}
      className="input picker"
      aria-label={id ? undefined : label}
      aria-haspopup="listbox"
      aria-expanded={open}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    >
      <span className="picker-shown">
        {chosen.length ? shown : <span className="faint">{props.nothing ?? "—"}</span>}
      </span>
      <ChevronDown size={14} aria-hidden="true" />
    </button>
  )
  return (
    <div className="picker-box">
      <Float open={open} onOpenChange={setOpen} label={label} trigger={trigger}>
        <PickerList {...props} close={() => setOpen(false)} />
      </Float>
      {chosen.length > 0 && !many && (
        <button
          type="button"
          className="picker-clear"
          aria-label={`${say("do.clear")} ${label}`}
          onClick={() => onChange([])}
        >
          <X size={14} />
        </button>
      )}
    </div>
  )
}

/** The list of a picker alone, for where it is open anyway. */
export function PickerList({
  label,
  choices,
  chosen,
  many,
  onSearch,
  onMade,
  onChange,
  close,
}: Props & { close?: () => void }) {
  const say = useWords()
  const [text, setText] = useState("")
  function pick(key: string) {
    if (!many) {
      onChange([key])
      close?.()
      return
    }
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
  }
  const made = onMade && text.trim() !== "" && !choices.some((one) => one.label === text.trim())
  return (
    <Command label={label} shouldFilter={!onSearch} className="picker-list">
      <Command.Input
        className="input"
        placeholder={say("nav.search")}
        value={text}
        autoFocus
        onValueChange={(value) => {
          setText(value)
          onSearch?.(value)
        }}
      />
      <Command.List>
        {!made && <Command.Empty className="picker-none">{say("pick.none")}</Command.Empty>}
        {choices.map((one) => (
          <Command.Item
            key={one.key}
            value={one.key}
            keywords={[one.label]}
            className="float-item"
            onSelect={() => pick(one.key)}
          >
            <span className="picker-shown">{one.shown ?? one.label}</span>
            {chosen.includes(one.key) && <Check size={14} aria-hidden="true" />}
          </Command.Item>
        ))}
        {made && (
          <Command.Item
            className="float-item"
            value={`+${text}`}
            keywords={[text]}
            onSelect={() => onMade(text.trim())}
          >
            + {text.trim()}
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}

/** The keys a value stands for. */
export function keysOf(value: Value | undefined): string[] {
  if (value === null || value === undefined || value === "") return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react"
import { useState } from "react"
import {
  type FieldDocument,
  type Json,
  nextOption,
  type OptionDocument,
  optionsOf,
  saidIn,
  saying,
} from "../../../../kernel/design/object"
import { COLORS } from "../../../../kernel/format"
import { IconButton } from "../../../../ui/button"
import "../../../../ui/chip.css"
import { Float } from "../../../../ui/float"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"
import { Dependence } from "./Dependence"

interface Props {
  id: string
  design: Design
  field: FieldDocument
  onChange: (value: Json | undefined) => void
}

/** The options in their order: each with a colour, a label, and whether it is offered any more. */
export function OptionsEditor({ id, design, field, onChange }: Props) {
  const say = useWords()
  const [adding, setAdding] = useState("")
  const options = optionsOf(field)
  const { language } = design
  const set = (next: OptionDocument[]) => onChange(next as unknown as Json)
  const before = design.stored?.body.fields.find((one) => one.key === field.key)
  const kept = new Set(before ? optionsOf(before).map((one) => one.key) : [])
  function put(at: number, option: OptionDocument) {
    set(options.map((one, place) => (place === at ? option : one)))
  }
  function swap(at: number, by: number) {
    const next = [...options]
    const [taken] = next.splice(at, 1)
    if (taken) next.splice(at + by, 0, taken)
    set(next)
  }
  function add() {
    const words = adding
      .split(/[,，、;；\n]+/)
      .map((one) => one.trim())
      .filter(Boolean)
    if (words.length === 0) return
    const next = [...options]
    for (const word of words) next.push(nextOption(next, word))
    set(next)
    setAdding("")
  }
  return (
    <div className="options">
      <ul>
        {options.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the key changes while the label is typed
          <li key={at} data-stopped={one.stopped || undefined}>
            <ColorChoice
              label={saidIn(one.label, language)}
              value={one.color ?? ""}
              onChange={(color) => put(at, { ...one, color })}
            />
            <input
              className="input"
              aria-label={say("option.label", { n: at + 1 })}
              value={saidIn(one.label, language)}
              maxLength={100}
              onChange={(event) => {
                const label = saying(one.label, language, event.target.value)
                const renamed = !kept.has(one.key) && event.target.value !== ""
                put(at, { ...one, label, key: renamed ? event.target.value : one.key })
              }}
            />
            <IconButton label={say("option.up")} disabled={at === 0} onClick={() => swap(at, -1)}>
              <ArrowUp size={14} />
            </IconButton>
            <IconButton
              label={say("option.down")}
              disabled={at === options.length - 1}
              onClick={() => swap(at, 1)}
            >
              <ArrowDown size={14} />
            </IconButton>
            {kept.has(one.key) && (
              <label className="options-stopped" title={say("option.stopped.hint")}>
                <input
                  type="checkbox"
                  checked={one.stopped ?? false}
                  onChange={(event) => put(at, { ...one, stopped: event.target.checked })}
                />
                {say("option.stopped")}
              </label>
            )}
            <IconButton
              label={say("option.drop", { label: saidIn(one.label, language) })}
              onClick={() => set(options.filter((_, place) => place !== at))}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="options-new">
        <input
          id={id}
          className="input"
          value={adding}
          placeholder={say("option.add.hint")}
          onChange={(event) => setAdding(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return
            event.preventDefault()
            add()
          }}
          onBlur={add}
        />
        <IconButton label={say("option.add")} onClick={add}>
          <Plus size={16} />
        </IconButton>
      </div>
      {field.kind !== "tags" && <Dependence design={design} field={field} onChange={set} />}
    </div>
  )
}

interface ColorProps {
  label: string
  value: string
  onChange: (color: string) => void
}

function ColorChoice({ label, value, onChange }: ColorProps) {
  const say = useWords()
  return (
    <Float
      label={say("option.color", { label })}
      trigger={
        <button type="button" className="options-color" aria-label={say("option.color", { label })}>
          <span className="chip" data-color={value || "grey"} />
        </button>
      }
    >
      <div className="options-colors">
        {COLORS.map((one) => (
          <button
            key={one}
            type="button"
            aria-label={one}
            aria-pressed={one === value}
            onClick={() => onChange(one)}
          >
            <span className="chip" data-color={one} />
          </button>
        ))}
      </div>
    </Float>
  )
}

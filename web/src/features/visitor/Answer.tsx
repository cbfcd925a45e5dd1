import { useId } from "react"
import type { LiveField } from "../../kernel/faces/live"
import type { FieldMeta, Value } from "../../kernel/meta"
import "../../ui/input.css"
import { type Enclosing, Files } from "./Files"
import { useSay } from "./words"

interface Props {
  one: LiveField
  wrong: string | undefined
  /** For what takes files. */
  enclosing: Enclosing | undefined
  onChange: (value: Value) => void
}

/** One question: what it is called, the control that belongs to its kind, what is wrong with it. */
export function Answer({ one, wrong, enclosing, onChange }: Props) {
  const id = useId()
  const { field, placed } = one
  const many = choices(field) && !listed(field)
  const notes = wrong || field.help ? `${id}-note` : undefined
  const label = (
    <>
      {field.label}
      {field.required && (
        <span className="visitor-star" aria-hidden="true">
          {" "}
          *
        </span>
      )}
    </>
  )
  return (
    <div
      className="visitor-field"
      data-field={field.key}
      data-wide={placed.width > 1 || many || enclosing || field.kind === "long_text" || undefined}
      data-wrong={wrong !== undefined}
    >
      {many ? (
        <fieldset aria-describedby={notes}>
          <legend>{label}</legend>
          <Choices one={one} id={id} onChange={onChange} />
        </fieldset>
      ) : (
        <>
          <label htmlFor={id}>{label}</label>
          {enclosing ? (
            <Files enclosing={enclosing} id={id} notes={notes} invalid={wrong !== undefined} />
          ) : one.readonly ? (
            <output id={id}>{texted(one.value)}</output>
          ) : (
            <Control
              one={one}
              id={id}
              notes={notes}
              invalid={wrong !== undefined}
              {...{ onChange }}
            />
          )}
        </>
      )}
      {notes && (
        <p id={notes} className={wrong ? "visitor-wrong" : "soft"}>
          {wrong ?? field.help}
        </p>
      )}
    </div>
  )
}

const FEW = 6

/** Whether there is something to pick from. */
function choices(field: FieldMeta): boolean {
  return ["option", "options", "rating", "boolean"].includes(field.kind)
}

/** Whether there are so many to pick from that they are better in a list. */
function listed(field: FieldMeta): boolean {
  return field.kind === "option" && offered(field).length > FEW
}

function offered(field: FieldMeta) {
  return field.options.filter((one) => !one.stopped)
}

function texted(value: Value | undefined): string {
  return value === null || value === undefined ? "" : String(value)
}

function Choices({
  one,
  id,
  onChange,
}: {
  one: LiveField
  id: string
  onChange: Props["onChange"]
}) {
  const say = useSay()
  const { field, value, readonly } = one
  const several = field.kind === "options"
  const chosen = Array.isArray(value) ? value.map(String) : [texted(value)]
  const picks = picksOf(field, say)
  const pick = (key: string, on: boolean) => {
    if (several) {
      const now = chosen.filter((each) => each !== "" && each !== key)
      const next = on ? [...now, key] : now
      return onChange(next.length > 0 ? next : null)
    }
    if (!on) return onChange(null)
    onChange(field.kind === "rating" ? Number(key) : field.kind === "boolean" ? true : key)
  }
  return (
    <div className="visitor-picks">
      {picks.map(({ key, label }) => {
        const on = chosen.includes(key)
        const single = !several && field.kind !== "boolean"
        return (
          <label key={key} className="visitor-pick" data-on={on}>
            <input
              type={single ? "radio" : "checkbox"}
              name={id}
              checked={on}
              disabled={readonly}
              onChange={(event) => pick(key, event.target.checked)}
            />
            <span>{label}</span>
          </label>
        )
      })}
    </div>
  )
}

function picksOf(field: FieldMeta, say: ReturnType<typeof useSay>) {
  if (field.kind === "boolean") return [{ key: "true", label: say("yes") }]
  if (field.kind !== "rating") return offered(field)
  const most = Number(field.settings.max ?? 5)
  return Array.from({ length: most }, (_, at) => ({ key: String(at + 1), label: `${at + 1} ★` }))
}

const TYPES: Record<string, string> = { email: "email", url: "url", phone: "tel" }
const NUMBERS = ["number", "money", "percent"]
const KNOWN: Record<string, string> = {
  address: "street-address",
  company_name: "organization",
  email: "email",
  job_title: "organization-title",
  person_name: "name",
  phone: "tel",
  url: "url",
}
/** What the browser may fill in by itself. */

interface ControlProps {
  one: LiveField
  id: string
  notes: string | undefined
  invalid: boolean
  onChange: Props["onChange"]
}

function Control({ one, id, notes, invalid, onChange }: ControlProps) {
  const say = useSay()
  const { field, placed, value } = one
  const told = {
    id,
    className: "input",
    placeholder: placed.placeholder,
    "aria-required": field.required || undefined,
    "aria-invalid": invalid || undefined,
    "aria-describedby": notes,
    autoComplete: KNOWN[field.kind] ?? "off",
  }
  if (field.kind === "option")
    return (
      <select
        {...told}
        value={texted(value)}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">{say(field.required ? "choose" : "none")}</option>
        {offered(field).map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </select>
    )
  if (field.kind === "long_text")
    return (
      <textarea
        {...told}
        rows={4}
        maxLength={field.settings.max_length ?? 20_000}
        value={texted(value)}
        onChange={(event) => onChange(event.target.value || null)}
      />
    )
  const moment = field.type === "datetime"
  return (
    <input
      {...told}
      type={
        moment ? "datetime-local" : field.type === "date" ? "date" : (TYPES[field.kind] ?? "text")
      }
      inputMode={NUMBERS.includes(field.type) ? "decimal" : undefined}
      maxLength={field.settings.max_length ?? 1000}
      value={moment ? local(texted(value)) : texted(value)}
      onChange={(event) => onChange(given(event.target.value, moment))}
    />
  )
}

function given(text: string, moment: boolean): Value {
  if (text === "") return null
  return moment ? new Date(text).toISOString() : text
}

/** The browser's field knows no zone; the server gets the moment with one. */
function local(text: string): string {
  const at = new Date(text)
  if (text === "" || Number.isNaN(at.getTime())) return ""
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

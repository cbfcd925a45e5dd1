import { useContext, useId } from "react"
import { clock, isoDay } from "../kernel/format"
import type { FieldMeta, Value } from "../kernel/meta"
import { momentOf, wallOf } from "../kernel/zone"
import "../ui/input.css"
import { useWords } from "../ui/words"
import { BesideFields } from "./beside"
import { FilesEdit } from "./files"
import { GeoEdit } from "./geo"
import { PeoplePicker, RecordsPicker } from "./many"
import { MentionText } from "./mentions/MentionText"
import { OptionPicker, OptionsPicker } from "./option"
import { PersonPicker } from "./person"
import { keysOf } from "./picker"
import { RecordPicker } from "./record"

export interface EditProps {
  field: FieldMeta
  value: Value | undefined
  /** What the record calls what the field points at. */
  name?: string
  onChange: (value: Value, name?: string) => void
  invalid?: boolean
  describedBy?: string
  autoFocus?: boolean
  id?: string
  placeholder?: string
}

/** How a value of a kind is given. What people type is sent as it is: the server reads it. */
export function Edit(props: EditProps) {
  const { field } = props
  switch (field.kind) {
    case "option":
      return <OptionPicker {...props} />
    case "options":
    case "tags":
      return <OptionsPicker {...props} />
    case "user":
      return <PersonPicker {...props} />
    case "users":
      return <PeoplePicker {...props} />
    case "lookup":
      return <RecordPicker {...props} />
    case "lookups":
      return <RecordsPicker {...props} />
    case "attachment":
    case "image":
      return <FilesEdit {...props} />
    case "geo":
      return <GeoEdit {...props} />
    case "boolean":
      return <Truth {...props} />
    case "long_text":
      return <Text {...props} />
    case "rating":
      return <Rating {...props} />
    default:
      return <Line {...props} />
  }
}

const TYPES: Record<string, string> = { email: "email", url: "url", phone: "tel" }

export function texted(value: Value | undefined): string {
  if (value === null || value === undefined) return ""
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

function Line({
  field,
  value,
  onChange,
  invalid,
  describedBy,
  autoFocus,
  id,
  placeholder,
}: EditProps) {
  const own = useId()
  const dated = field.type === "date" || field.type === "datetime"
  return (
    <input
      id={id ?? own}
      className="input"
      type={
        dated ? (field.type === "date" ? "date" : "datetime-local") : (TYPES[field.kind] ?? "text")
      }
      inputMode={["number", "money", "percent"].includes(field.type) ? "decimal" : undefined}
      maxLength={field.settings.max_length}
      placeholder={placeholder}
      value={field.type === "datetime" ? localMoment(texted(value)) : texted(value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      aria-label={id ? undefined : field.label}
      autoFocus={autoFocus}
      autoComplete="off"
      onChange={(event) => onChange(given(field, event.target.value))}
    />
  )
}

/** The browser's field knows no zone; the server gets the moment with one. */
function localMoment(text: string): string {
  const at = new Date(text)
  if (text === "" || Number.isNaN(at.getTime())) return ""
  return `${isoDay(wallOf(at))}T${clock(wallOf(at))}`
}

function given(field: FieldMeta, text: string): Value {
  if (text === "") return null
  if (field.type === "datetime") return momentOf(new Date(text)).toISOString()
  return text
}

function Text({
  field,
  value,
  onChange,
  invalid,
  describedBy,
  autoFocus,
  id,
  placeholder,
}: EditProps) {
  const own = useId()
  const beside = useContext(BesideFields)
  const mentions = field.settings.mentions
  const area = {
    id: id ?? own,
    className: "input",
    rows: 3,
    placeholder,
    value: texted(value),
    "aria-invalid": invalid || undefined,
    "aria-describedby": describedBy,
    "aria-label": id ? undefined : field.label,
    autoFocus,
  }
  if (mentions && beside?.may(mentions))
    return (
      <MentionText
        {...area}
        mentions={keysOf(beside.value(mentions))}
        onChange={(text, ids) =>
          beside.set({ [field.key]: text || null, [mentions]: ids.length > 0 ? ids : null })
        }
      />
    )
  return (
    <textarea
      {...area}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
    />
  )
}

function Truth({ field, value, onChange, id }: EditProps) {
  const say = useWords()
  return (
    <select
      id={id}
      className="input"
      aria-label={id ? undefined : field.label}
      value={value === null || value === undefined ? "" : String(value)}
      onChange={(event) =>
        onChange(event.target.value === "" ? null : event.target.value === "true")
      }
    >
      <option value="">{say("value.empty")}</option>
      <option value="true">{say("value.yes")}</option>
      <option value="false">{say("value.no")}</option>
    </select>
  )
}

function Rating({ field, value, onChange, id }: EditProps) {
  const most = Number(field.settings.max ?? 5)
  return (
    <select
      id={id}
      className="input"
      aria-label={id ? undefined : field.label}
      value={texted(value)}
      onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
    >
      <option value="">—</option>
      {Array.from({ length: most }, (_, at) => at + 1).map((one) => (
        <option key={one} value={one}>
          {"★".repeat(one)}
        </option>
      ))}
    </select>
  )
}

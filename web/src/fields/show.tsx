import type { ReactNode } from "react"
import { useLanguage } from "../data/preferences"
import { amount, day, moment, percent, whole } from "../kernel/format"
import type { FieldMeta, Value } from "../kernel/meta"
import { Chip, PersonTag } from "../ui/chip"
import { useWords } from "../ui/words"
import { FilesShown } from "./files"
import { geoText } from "./geo"
import "./show.css"

interface Props {
  field: FieldMeta
  value: Value | undefined
  /** What a record calls what the field points at. */
  name?: string
  /** Names of people by id, where the record does not tell them. */
  nameOf?: (id: string) => string | undefined
}

/** A value as people read it, in one line. */
export function Shown(props: Props): ReactNode {
  const { field, value } = props
  if (
    value === null ||
    value === undefined ||
    value === "" ||
    (Array.isArray(value) && !value.length)
  )
    return <span className="faint value-empty">—</span>
  if (field.level === "masked") return <span className="value-masked">{String(value)}</span>
  return <Filled {...props} value={value} />
}

function Filled({ field, value, name, nameOf }: Props & { value: Value }): ReactNode {
  switch (field.type === "record" ? "record" : field.kind) {
    case "option":
      return <OptionShown field={field} value={String(value)} />
    case "options":
    case "tags":
      return <Chips field={field} value={value} />
    case "user":
      return <PersonTag name={name ?? nameOf?.(String(value)) ?? "…"} />
    case "users":
      return <People value={value} nameOf={nameOf} />
    case "department":
    case "lookup":
    case "record":
      return <span className="clip">{name ?? "…"}</span>
    case "attachment":
    case "image":
      return <FilesShown field={field} value={value} />
    case "geo":
      return <span className="clip">{geoText(value)}</span>
    case "boolean":
      return <Truth value={value === true} />
    case "rating":
      return <Stars value={Number(value)} most={Number(field.settings.max ?? 5)} />
    case "url":
      return <Link to={String(value)}>{String(value).replace(/^https?:\/\/(www\.)?/, "")}</Link>
    case "email":
      return <Link to={`mailto:${value}`}>{String(value)}</Link>
    case "phone":
      return <Link to={`tel:${String(value).replace(/[^+\d]/g, "")}`}>{String(value)}</Link>
    default:
      return <ByType field={field} value={value} />
  }
}

function ByType({ field, value }: { field: FieldMeta; value: Value }): ReactNode {
  const language = useLanguage()
  switch (field.type) {
    case "money":
    case "number": {
      const { short, full } = amount(Number(value), language, field.settings.decimals)
      return (
        <span title={full === short ? undefined : full}>
          {field.type === "money" ? short : full}
        </span>
      )
    }
    case "percent":
      return percent(Number(value), language)
    case "date":
      return <time title={String(value)}>{day(String(value), language, new Date())}</time>
    case "datetime":
      return <time title={whole(String(value))}>{moment(String(value), language, new Date())}</time>
    case "boolean":
      return <Truth value={value === true} />
    case "list":
      return Array.isArray(value) ? String(value.length) : String(value)
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value)
  }
}

function OptionShown({ field, value }: { field: FieldMeta; value: string }) {
  const option = field.options.find((one) => one.key === value)
  return <Chip word={option?.label ?? value} color={option?.color || "grey"} />
}

function Chips({ field, value }: { field: FieldMeta; value: Value }) {
  const words = Array.isArray(value) ? value.map(String) : [String(value)]
  return (
    <span className="chips">
      {words.map((word) => {
        const option = field.options.find((one) => one.key === word)
        return <Chip key={word} word={option?.label ?? word} color={option?.color} />
      })}
    </span>
  )
}

function People({ value, nameOf }: { value: Value; nameOf?: Props["nameOf"] }) {
  const ids = Array.isArray(value) ? value.map(String) : []
  return (
    <span className="chips">
      {ids.map((id) => (
        <PersonTag key={id} name={nameOf?.(id) ?? "…"} bare={ids.length > 1} />
      ))}
    </span>
  )
}

function Truth({ value }: { value: boolean }) {
  const say = useWords()
  return <span className={value ? "" : "faint"}>{say(value ? "value.yes" : "value.no")}</span>
}

function Stars({ value, most }: { value: number; most: number }) {
  return (
    <span className="stars" role="img" aria-label={`${value} / ${most}`}>
      {"★".repeat(value)}
      <span className="faint">{"★".repeat(Math.max(0, most - value))}</span>
    </span>
  )
}

function Link({ to, children }: { to: string; children: string }) {
  const outside = /^https?:/.test(to)
  if (!outside && !/^(mailto|tel):/.test(to)) return <span className="clip">{children}</span>
  return (
    <a
      className="value-link clip"
      href={to}
      target={outside ? "_blank" : undefined}
      rel="noreferrer"
      onClick={(event) => event.stopPropagation()}
    >
      {children}
    </a>
  )
}

/** Numbers stand on the right, so that their digits stand below each other. */
export function isFigure(field: FieldMeta): boolean {
  return ["number", "money", "percent"].includes(field.type) && field.kind !== "rating"
}

/** An object as it is being drawn: its document, and what one can do to it. Pure. */

import type { Named } from "../expression/names"
import type { Language } from "../language"

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Document = { [key: string]: Json }
export type Said = string | { zh: string; en?: string }

export interface FieldDocument {
  key: string
  kind: string
  label: Said
  [setting: string]: Json | undefined
}

export interface ObjectDocument {
  kind: "object"
  key: string
  label: Said
  fields: FieldDocument[]
  plural?: Said | null
  title?: string
  icon?: string
  order?: string[]
  unique?: string[][]
}

export interface OptionDocument {
  key: string
  label: Said
  color?: string
  synonyms?: string[]
  stopped?: boolean
  /** Other option fields, and which of their options this one goes with. */
  when?: Record<string, string[]>
}

export function saidIn(said: Said | null | undefined, language: Language): string {
  if (typeof said === "string") return said
  return (language === "en" && said?.en) || said?.zh || ""
}

/** A label with the words of one language put in; empty English is left out. */
export function saying(said: Said | null | undefined, language: Language, text: string): Said {
  const whole = typeof said === "string" ? { zh: said } : { zh: said?.zh ?? "", en: said?.en }
  const next = language === "zh" ? { ...whole, zh: text } : { ...whole, en: text }
  return next.en ? { zh: next.zh, en: next.en } : { zh: next.zh }
}

export function added(object: ObjectDocument, field: FieldDocument, at: number): ObjectDocument {
  const fields = [...object.fields]
  fields.splice(at, 0, field)
  return { ...object, fields }
}

export function moved(object: ObjectDocument, from: number, to: number): ObjectDocument {
  const fields = [...object.fields]
  const [taken] = fields.splice(from, 1)
  if (taken) fields.splice(to, 0, taken)
  return { ...object, fields }
}

export function put(object: ObjectDocument, at: number, field: FieldDocument): ObjectDocument {
  return { ...object, fields: object.fields.map((one, place) => (place === at ? field : one)) }
}

/** Without a field, and without what speaks of it: the title, unique rules, the order. */
export function without(object: ObjectDocument, at: number): ObjectDocument {
  const gone = object.fields[at]?.key
  const fields = object.fields.filter((_, place) => place !== at)
  const unique = (object.unique ?? [])
    .map((group) => group.filter((one) => one !== gone))
    .filter((group) => group.length > 1)
  const order = (object.order ?? []).filter((one) => one.replace(/^-/, "") !== gone)
  const title = object.title === gone ? fields[0]?.key : object.title
  return tidy({ ...object, fields, unique, order, title })
}

/** A setting given, or left out where nothing is said. */
export function settled(
  field: FieldDocument,
  name: string,
  value: Json | undefined,
): FieldDocument {
  const { [name]: _, ...rest } = field
  const empty = value === undefined || value === null || value === ""
  return (empty ? rest : { ...rest, [name]: value }) as FieldDocument
}

/** A document without the members that say nothing. */
export function tidy(object: ObjectDocument): ObjectDocument {
  const kept = Object.entries(object).filter(
    ([name, value]) =>
      !(value === undefined || value === null || value === "") &&
      !((name === "unique" || name === "order") && Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(kept) as unknown as ObjectDocument
}

export function freeKey(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted}_${number}`)) number++
  return `${wanted}_${number}`
}

const COLORS = ["teal", "blue", "amber", "violet", "green", "pink", "orange", "cyan"]

export function optionsOf(field: FieldDocument): OptionDocument[] {
  const given = Array.isArray(field.options) ? field.options : []
  return given.map((one) =>
    typeof one === "string"
      ? { key: one, label: one }
      : ({ label: (one as Document).key, ...(one as Document) } as unknown as OptionDocument),
  )
}

export function nextOption(options: readonly OptionDocument[], label: string): OptionDocument {
  const color = COLORS[options.length % COLORS.length] ?? "teal"
  return {
    key: freeKey(
      label,
      options.map((one) => one.key),
    ),
    label: { zh: label },
    color,
  }
}

const TYPES: Record<string, string> = {
  long_text: "text", phone: "text", email: "text", url: "text", person_name: "text",
  job_title: "text", company_name: "text", credit_code: "text", id_number: "text",
  bank_account: "text", address: "text", auto_number: "text", rating: "number", tags: "list",
  lookup: "record", lookups: "records", children: "records", attachment: "list", image: "list",
} // biome-ignore format: a table

/** The fields as expressions name them, those that are not saved yet among them. */
export function drawnNames(object: ObjectDocument, language: Language): Named[] {
  return object.fields.map((one) => ({
    key: one.key,
    label: saidIn(one.label, language),
    type: TYPES[one.kind] ?? one.kind,
    object: pointed(one),
    options: optionsOf(one).map((each) => ({
      key: each.key,
      label: saidIn(each.label, language),
    })),
  }))
}

function pointed(field: FieldDocument): string | null {
  if (field.kind === "user" || field.kind === "users") return "user"
  if (field.kind === "department") return "department"
  return typeof field.object === "string" ? field.object : null
}

/** The lookups of all objects that point at one of them: its relations. */
export function pointingAt(
  key: string,
  objects: readonly ObjectDocument[],
): { object: ObjectDocument; field: FieldDocument }[] {
  return objects.flatMap((object) =>
    object.fields
      .filter((one) => (one.kind === "lookup" || one.kind === "lookups") && one.object === key)
      .map((field) => ({ object, field })),
  )
}

/** Two documents are the same if JSON says the same of them, whatever the order of members. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== "object") return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, ordered(one)]),
  )
}

/** What the server's JSON Schema says of a kind of field: which settings it has, and how each is given. */

import type { Language } from "../language"
import type { Json } from "./object"

export interface Schema {
  title?: string
  description?: string
  type?: string
  const?: Json
  enum?: Json[]
  default?: Json
  minimum?: number
  maximum?: number
  maxLength?: number
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  $ref?: string
  properties?: Record<string, Schema>
  required?: string[]
  $defs?: Record<string, Schema>
}

export interface Setting {
  name: string
  control: "whole" | "number" | "truth" | "choice" | "text" | "list" | "label" | "options"
  choices: string[]
  least?: number
  most?: number
  usual: Json | undefined
  required: boolean
}

export interface KindOf {
  name: string
  label: string
  settings: Setting[]
  /** What every field has, as far as this kind has a use for it. */
  common: Set<string>
}

const COMMON = new Set([
  "key", "kind", "label", "synonyms", "help", "required", "unique", "index", "search", "default",
  "system", "sensitive",
]) // biome-ignore format: a list
const FOUND_OUT = new Set(["result"])
const COMPUTED = new Set(["formula", "rollup"])
const BARE = new Set(["children"])

/** Every kind of field there is, with the settings that are its own. */
export function kindsOf(schema: Schema, language: Language): KindOf[] {
  const variants = schema.$defs?.FieldSpec?.oneOf ?? []
  return variants.map((one) => {
    const [zh = "", en = ""] = (one.description ?? "").split(" / ")
    const name = one.title ?? ""
    return {
      name,
      label: language === "zh" ? zh : capital(en),
      settings: Object.entries(one.properties ?? {})
        .filter(([key]) => !COMMON.has(key) && !FOUND_OUT.has(key))
        .map(([key, each]) => settingOf(key, each, one.required?.includes(key) ?? false)),
      common: commonOf(name),
    }
  })
}

function commonOf(kind: string): Set<string> {
  if (BARE.has(kind)) return new Set(["help"])
  if (COMPUTED.has(kind)) return new Set(["help", "index", "search", "sensitive"])
  const all = ["help", "required", "unique", "index", "search", "default", "sensitive", "synonyms"]
  return new Set(all)
}

export function settingOf(name: string, schema: Schema, required: boolean): Setting {
  const plain = schema.anyOf?.find((one) => one.type !== "null") ?? schema
  const base = { name, choices: [], usual: schema.default, required }
  if (name === "options") return { ...base, control: "options" }
  if (plain.$ref?.endsWith("/LabelSpec")) return { ...base, control: "label" }
  if (plain.enum) return { ...base, control: "choice", choices: plain.enum.map(String) }
  if (plain.type === "boolean") return { ...base, control: "truth" }
  if (plain.type === "array") return { ...base, control: "list" }
  const range = { least: plain.minimum, most: plain.maximum }
  if (plain.type === "integer") return { ...base, ...range, control: "whole" }
  if (plain.type === "number") return { ...base, ...range, control: "number" }
  return { ...base, control: "text" }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The kinds as a person looks for them; one that is not named here stands with the others. */
const SORTS: Record<string, string[]> = {
  text: ["text", "long_text", "tags", "url"],
  figures: ["number", "money", "percent", "rating", "auto_number"],
  choices: ["option", "options", "boolean"],
  time: ["date", "datetime"],
  people: ["user", "users", "department"],
  links: ["lookup", "lookups", "children"],
  company: [
    "company_name", "person_name", "job_title", "phone", "email", "credit_code", "id_number",
    "bank_account", "region", "address", "geo",
  ],
  computed: ["formula", "rollup"],
  files: ["attachment", "image", "signature"],
} // biome-ignore format: a table

export type Sort = keyof typeof SORTS | "others"

export function sorted(kinds: readonly KindOf[]): [string, KindOf[]][] {
  const named = new Set(Object.values(SORTS).flat())
  const found = Object.entries(SORTS).map(([sort, names]): [string, KindOf[]] => [
    sort,
    names.flatMap((name) => kinds.filter((one) => one.name === name)),
  ])
  const rest = kinds.filter((one) => !named.has(one.name))
  return [...found, ["others", rest] as [string, KindOf[]]].filter(([, list]) => list.length > 0)
}

/** A form that strangers fill in: what it does, and which fields they can be asked for. Pure. */

import type { Said } from "../design/object"
import type { FieldMeta } from "../meta"
import { type FormDocument, roomOf, rooms } from "./design"

/** What a form does that strangers fill in. */
export interface PublicDocument {
  /** What becomes of somebody we know: a record more, nothing, what is blank filled in, or all replaced. */
  known?: "create" | "skip" | "update" | "overwrite"
  values?: Record<string, string | boolean | number | readonly string[]>
  thanks?: Said
  per_minute?: number
  per_address?: number
  files?: number
  file_mb?: number
}

/** Kinds of files that may come along with a form, where it says how many. */
const ENCLOSED = new Set(["attachment", "image"])

/** Kinds that strangers cannot fill in: they would show records or people, or are worked out. */
const UNSUITED = new Set([
  ...ENCLOSED,
  "auto_number",
  "children",
  "department",
  "formula",
  "geo",
  "id",
  "json",
  "lookup",
  "lookups",
  "rollup",
  "signature",
  "tags",
  "user",
  "users",
])

/** Whether strangers can fill a field in. */
export function suited(field: FieldMeta): boolean {
  return !field.system && !UNSUITED.has(field.kind)
}

/** Whether a field takes files that come along with a form. */
export function encloses(field: FieldMeta): boolean {
  return !field.system && ENCLOSED.has(field.kind)
}

/** The fields on a form, in order. */
export function fieldsOn(form: FormDocument): string[] {
  return rooms(form).flatMap((one) => roomOf(form, one)?.fields.map((each) => each.field) ?? [])
}

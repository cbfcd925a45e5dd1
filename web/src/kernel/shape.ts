/** What pages make of an object without being told: its stage, its columns, its key facts. */

import type { Catalog, FieldMeta, ObjectMeta, RelationMeta } from "./meta"
import { fieldOf } from "./meta"

/** Kinds too long or too special to stand in a table by themselves. */
const UNLISTED = new Set([
  "long_text",
  "json",
  "children",
  "lookups",
  "attachment",
  "image",
  "signature",
  "geo",
  "id",
])
const PLATFORM = new Set([
  "id",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
  "version",
  "deleted_at",
  "department",
])

/** The field that says how far a record has come, if there is one. */
export function stageOf(object: ObjectMeta): FieldMeta | undefined {
  return ["stage", "status"]
    .map((key) => fieldOf(object, key))
    .find((one) => one?.kind === "option" && one.options.length > 2)
}

export function listable(field: FieldMeta): boolean {
  return !UNLISTED.has(field.kind) && field.key !== "version" && field.key !== "deleted_at"
}

/** The columns of a table nobody has arranged yet: title, owner, then what tells most, seven in all. */
export function columnsOf(object: ObjectMeta): string[] {
  const rest = object.fields.filter((one) => listable(one) && !PLATFORM.has(one.key))
  const telling = [
    ...rest.filter((one) => one.kind === "option"),
    ...rest.filter((one) => one.kind === "lookup"),
    ...rest.filter((one) => one.kind === "money"),
    ...rest,
  ].filter((one) => one.key !== object.title && one.key !== "owner")
  const keys = new Set(telling.map((one) => one.key))
  return [object.title, ...[...keys].slice(0, 6), ...(fieldOf(object, "owner") ? ["owner"] : [])]
}

/** The fields of a form or of the key facts, in the order of the document; the platform's come last. */
export function factsOf(object: ObjectMeta): FieldMeta[] {
  const own = object.fields.filter((one) => !one.system && one.kind !== "children")
  const owner = object.fields.filter((one) => one.key === "owner")
  return [...own, ...owner]
}

export function formOf(object: ObjectMeta, action: "create" | "update"): FieldMeta[] {
  const fields = factsOf(object).filter((one) => one[action] && one.kind !== "auto_number")
  return [...fields.filter((one) => one.required), ...fields.filter((one) => !one.required)]
}

/** The journal of an object: a relation whose records are called by what was said (a long text). */
export function journalOf(catalog: Catalog, object: ObjectMeta): RelationMeta | undefined {
  return object.relations.find((relation) => {
    const child = catalog.object(relation.object)
    return child !== undefined && fieldOf(child, child.title)?.kind === "long_text"
  })
}

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

/** What a table shows that nobody has arranged yet: how much of which sort, in this order. */
const TELLING: [most: number, is: (field: FieldMeta, object: ObjectMeta) => boolean][] = [
  [2, (one, object) => one.kind === "lookup" && one.object !== object.key],
  [3, (one, object) => one.kind === "option" && (one.indexed || !object.fields.some(chosen))],
  [1, (one) => one.kind === "region"],
  [1, (one) => one.type === "money"],
  [1, (one) => one.kind === "phone"],
  [1, (one) => one.type === "date" || one.type === "datetime"],
]
const FEWEST = 4

/** Of many options, those that lists are filtered by: a reason of something lost is seldom one. */
function chosen(field: FieldMeta): boolean {
  return field.kind === "option" && field.indexed
}

/** What tells more among fields of one sort: the stage, what has colours, what is kept up to date. */
function weight(object: ObjectMeta, field: FieldMeta): number {
  if (field === stageOf(object)) return 3
  if (field.options.some((one) => one.color !== "")) return 2
  return field.kind === "rollup" ? 1 : 0
}

/** The columns of a table nobody has arranged yet: the title, what tells most, whose it is. */
export function columnsOf(object: ObjectMeta): string[] {
  const rest = object.fields.filter(
    (one) =>
      listable(one) && !PLATFORM.has(one.key) && one.key !== object.title && one.key !== "owner",
  )
  const ranked = [...rest].sort((one, other) => weight(object, other) - weight(object, one))
  const telling = TELLING.flatMap(([most, is]) =>
    ranked.filter((one) => is(one, object)).slice(0, most),
  )
  const keys = [
    ...new Set(
      [...telling, ...(telling.length < FEWEST ? rest.slice(0, FEWEST) : [])].map((one) => one.key),
    ),
  ]
  return [object.title, ...keys.slice(0, 7), ...(fieldOf(object, "owner") ? ["owner"] : [])]
}

/** Objects as people look for them: first those that most others belong to. */
export function byWeight(objects: readonly ObjectMeta[]): ObjectMeta[] {
  return [...objects].sort((one, other) => other.relations.length - one.relations.length)
}

/** The fields of a form or of the key facts, in the order of the document; the platform's come last. */
export function factsOf(object: ObjectMeta): FieldMeta[] {
  const own = object.fields.filter((one) => !one.system && one.kind !== "children")
  const owner = object.fields.filter((one) => one.key === "owner")
  return [...own, ...owner]
}

/** What tells records of one name apart: where they are reached, where they are, whose they are. */
export function apartBy(object: ObjectMeta): FieldMeta[] {
  const first = (is: (one: FieldMeta) => boolean) => object.fields.filter(is).slice(0, 1)
  return [
    ...first((one) => one.kind === "phone"),
    ...first((one) => one.kind === "region"),
    ...first((one) => one.key === "owner"),
  ]
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

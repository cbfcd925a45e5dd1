/** A filter as people build it, row by row, and the expression it stands for. */

import { operation, pathOf, type Tree } from "./expression/tree"
import type { FieldMeta, ObjectMeta } from "./meta"

export interface Condition {
  /** A field's key, or a relation's for `exists` and the counts. */
  field: string
  test: Test
  value: Tree
  /** What the related records have to be like that are meant. */
  inside?: Filter
}

export interface Filter {
  join: "and" | "or"
  conditions: Condition[]
}

export type Test =
  | "="
  | "!="
  | ">"
  | ">="
  | "<"
  | "<="
  | "between"
  | "contains"
  | "not contains"
  | "starts with"
  | "in"
  | "not in"
  | "has any"
  | "has all"
  | "not has any"
  | "within"
  | "is empty"
  | "is not empty"
  | "exists"
  | "not exists"
  | "count >="
  | "count <="
  | "count ="

/** The tests that make sense of a relation. */
export const RELATED: Test[] = ["exists", "not exists", "count >=", "count <=", "count ="]

/** What kind of value a test wants. */
export type Wanted = "nothing" | "one" | "many" | "range" | "period"

const WANTED: Partial<Record<Test, Wanted>> = {
  "is empty": "nothing",
  "is not empty": "nothing",
  exists: "nothing",
  "not exists": "nothing",
  in: "many",
  "not in": "many",
  "has any": "many",
  "has all": "many",
  "not has any": "many",
  between: "range",
  within: "period",
}

export function wanted(test: Test): Wanted {
  return WANTED[test] ?? "one"
}

const EMPTINESS: Test[] = ["is empty", "is not empty"]
const FIGURES: Test[] = ["=", "!=", ">", ">=", "<", "<=", "between", ...EMPTINESS]

/** The tests that make sense of a field, the likeliest first. */
export function testsOf(field: FieldMeta): Test[] {
  switch (field.type) {
    case "number":
    case "money":
    case "percent":
      return [">=", "<=", ...FIGURES.filter((one) => one !== ">=" && one !== "<=")]
    case "date":
    case "datetime":
      return ["within", ">=", "<=", "between", ...EMPTINESS]
    case "boolean":
      return ["="]
    case "option":
    case "user":
    case "department":
    case "record":
      return ["in", "not in", ...EMPTINESS]
    case "region":
      return ["=", "!=", ...EMPTINESS]
    case "options":
    case "users":
    case "records":
      return ["has any", "has all", "not has any", ...EMPTINESS]
    default:
      if (!field.operators.includes("contains")) return EMPTINESS
      return ["contains", "not contains", "=", "!=", "starts with", ...EMPTINESS].filter(
        (one) => field.operators.includes(one.replace("not ", "")) || one === "!=",
      ) as Test[]
  }
}

export function filterable(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    (one) =>
      one.level !== "masked" &&
      one.key !== "version" &&
      one.key !== "deleted_at" &&
      testsOf(one).length > 0,
  )
}

/** Says whether a condition says enough to be asked; half of one is simply not asked yet. */
export function complete(condition: Condition): boolean {
  const { value } = condition
  switch (wanted(condition.test)) {
    case "nothing":
      return true
    case "many":
      return Array.isArray(value) && value.length > 0
    case "range":
      return (
        Array.isArray(value) &&
        value.length === 2 &&
        value.every((one) => one !== null && one !== "")
      )
    default:
      return value !== null && value !== ""
  }
}

export function treeOf(filter: Filter): Tree | undefined {
  const parts = filter.conditions.filter(complete).map(conditionTree)
  if (parts.length < 2) return parts[0]
  return { op: filter.join, args: parts }
}

function conditionTree({ field, test, value, inside }: Condition): Tree {
  const name: Tree = { field }
  switch (test) {
    case "is empty":
    case "is not empty":
      return { op: test, args: [name] }
    case "exists":
      return related("EXISTS", name, inside)
    case "not exists":
      return { op: "not", args: [related("EXISTS", name, inside)] }
    case "count >=":
    case "count <=":
    case "count =":
      return { op: test.slice(6), args: [related("COUNT", name, inside), value] }
    case "not contains":
    case "not has any":
      return { op: "not", args: [{ op: test.slice(4), args: [name, value] }] }
    case "between":
      return { op: "between", args: [name, ...(Array.isArray(value) ? value : [])] }
    case "within":
      return { op: "in", args: [name, value] }
    default:
      return { op: test, args: [name, value] }
  }
}

function related(call: string, name: Tree, inside: Filter | undefined): Tree {
  const meant = inside && treeOf(inside)
  return { call, args: meant === undefined ? [name] : [name, meant] }
}

/** The rows an expression amounts to; nothing if it says more than rows can. */
export function filterOf(tree: Tree): Filter | undefined {
  const joined = operation(tree)
  const join = joined?.op === "or" ? "or" : "and"
  const parts = joined && (joined.op === "and" || joined.op === "or") ? joined.args : [tree]
  const conditions = parts.map(conditionOf)
  if (conditions.some((one) => one === undefined)) return
  return { join, conditions: conditions.filter((one) => one !== undefined) }
}

const PLAIN = new Set<string>([
  "=",
  "!=",
  ">",
  ">=",
  "<",
  "<=",
  "contains",
  "starts with",
  "in",
  "not in",
  "has any",
  "has all",
])
const NEGATED = new Set<string>(["contains", "has any"])

function conditionOf(tree: Tree): Condition | undefined {
  const some = relatedOf(tree, "EXISTS")
  if (some) return { ...some, test: "exists", value: null }
  const { op, args } = operation(tree) ?? { op: "", args: [] }
  if (op === "not") return negatedOf(args[0] ?? null)
  const counted = relatedOf(args[0] ?? null, "COUNT")
  if (counted) return countOf(counted, op, args[1] ?? null)
  const field = keyOf(args[0] ?? null)
  if (field === undefined) return
  const rest = args.slice(1)
  if (!rest.every(isValue)) return
  if (op === "is empty" || op === "is not empty") return { field, test: op, value: null }
  if (op === "between") return { field, test: op, value: rest }
  const value = rest[0] ?? null
  if (op === "in" && !Array.isArray(value))
    return { field, test: isPeriod(value) ? "within" : "in", value }
  return PLAIN.has(op) ? { field, test: op as Test, value } : undefined
}

function negatedOf(tree: Tree): Condition | undefined {
  const some = relatedOf(tree, "EXISTS")
  if (some) return { ...some, test: "not exists", value: null }
  const inner = conditionOf(tree)
  if (!inner || !NEGATED.has(inner.test)) return
  return { ...inner, test: `not ${inner.test}` as Test }
}

/** The relation an aggregate runs over, and what its records have to be like. */
function relatedOf(tree: Tree, call: string): Pick<Condition, "field" | "inside"> | undefined {
  if (tree === null || typeof tree !== "object" || Array.isArray(tree) || !("call" in tree)) return
  const [over = null, meant] = tree.args
  const field = keyOf(over)
  if (tree.call !== call || tree.args.length > 2 || field === undefined) return
  if (meant === undefined) return { field }
  const inside = filterOf(meant)
  return inside && { field, inside }
}

function countOf(
  counted: Pick<Condition, "field" | "inside">,
  op: string,
  value: Tree,
): Condition | undefined {
  const test = RELATED.find((one) => one === `count ${op}`)
  return test && typeof value === "number" ? { ...counted, test, value } : undefined
}

function keyOf(tree: Tree): string | undefined {
  const path = pathOf(tree)
  return path?.every((one) => typeof one === "string") ? path.join(".") : undefined
}

function isPeriod(tree: Tree): boolean {
  return tree !== null && typeof tree === "object" && "period" in tree
}

function isValue(tree: Tree): boolean {
  if (tree === null || typeof tree !== "object") return true
  if (Array.isArray(tree)) return tree.every(isValue)
  if ("call" in tree) return tree.call === "ME" && tree.args.length === 0
  return "period" in tree || "number" in tree
}

/** A filter as people build it, row by row, and the expression it stands for. */

import { operation, pathOf, type Tree } from "./expression/tree"
import type { FieldMeta, ObjectMeta } from "./meta"

export interface Condition {
  /** A field's key, or a relation's for `exists`. */
  field: string
  test: Test
  value: Tree
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

function conditionTree({ field, test, value }: Condition): Tree {
  const name: Tree = { field }
  switch (test) {
    case "is empty":
    case "is not empty":
      return { op: test, args: [name] }
    case "exists":
      return { call: "EXISTS", args: [name] }
    case "not exists":
      return { op: "not", args: [{ call: "EXISTS", args: [name] }] }
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
  const related = existence(tree)
  if (related) return { field: related, test: "exists", value: null }
  const { op, args } = operation(tree) ?? { op: "", args: [] }
  if (op === "not") return negatedOf(args[0] ?? null)
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
  const related = existence(tree)
  if (related) return { field: related, test: "not exists", value: null }
  const inner = conditionOf(tree)
  if (!inner || !NEGATED.has(inner.test)) return
  return { ...inner, test: `not ${inner.test}` as Test }
}

function existence(tree: Tree): string | undefined {
  const call = tree !== null && typeof tree === "object" && !Array.isArray(tree) && "call" in tree
  return call && tree.call === "EXISTS" && tree.args.length === 1
    ? keyOf(tree.args[0] ?? null)
    : undefined
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

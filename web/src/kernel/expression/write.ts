/** Tree → text: the canonical way to write an expression, with no more parentheses than needed. */

import { period } from "./periods"
import type { Step, Tree } from "./tree"

const [OR, AND, NOT, COMPARISON, TEXTS, SUM, PRODUCT, SIGN, ATOM] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const STRENGTH: Record<string, number> = {
  "&": TEXTS,
  "+": SUM,
  "-": SUM,
  "*": PRODUCT,
  "/": PRODUCT,
  "%": PRODUCT,
}
const RESERVED = new Set(["true", "false", "empty", "not"])
const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u
const ESCAPES: Record<string, string> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
}

export function written(tree: Tree): string {
  return strong(tree)[0]
}

export function quoted(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]/g, (one) => ESCAPES[one] ?? one)}"`
}

function at(tree: Tree, floor: number): string {
  const [text, strength] = strong(tree)
  return strength >= floor ? text : `(${text})`
}

function strong(tree: Tree): [string, number] {
  if (tree !== null && typeof tree === "object" && !Array.isArray(tree) && "op" in tree) {
    return operated(tree.op, tree.args)
  }
  return [atom(tree), ATOM]
}

function operated(op: string, args: Tree[]): [string, number] {
  const [left = null, right = null, third = null] = args
  switch (op) {
    case "or":
      return [args.map((one) => at(one, AND)).join(" or "), OR]
    case "and":
      return [args.map((one) => at(one, NOT)).join(" and "), AND]
    case "not":
      return [`not ${at(left, NOT)}`, NOT]
    case "between":
      return [`${at(left, TEXTS)} between ${at(right, TEXTS)} and ${at(third, TEXTS)}`, COMPARISON]
    case "is empty":
    case "is not empty":
      return [`${at(left, TEXTS)} ${op}`, COMPARISON]
  }
  const strength = STRENGTH[op]
  if (strength === undefined) return [`${at(left, TEXTS)} ${op} ${at(right, TEXTS)}`, COMPARISON]
  if (args.length === 1) return [`-${at(left, SIGN)}`, SIGN]
  return [`${at(left, strength)} ${op} ${at(right, strength + 1)}`, strength]
}

function atom(tree: Tree): string {
  if (tree === null) return "empty"
  if (typeof tree === "string") return quoted(tree)
  if (typeof tree !== "object") return String(tree)
  if (Array.isArray(tree)) return `[${tree.map((one) => at(one, OR)).join(", ")}]`
  if ("number" in tree) return tree.number
  if ("field" in tree)
    return path(typeof tree.field === "string" ? tree.field.split(".") : tree.field)
  if ("call" in tree) return `${tree.call}(${tree.args.map((one) => at(one, OR)).join(", ")})`
  if ("duration" in tree) return tree.duration
  if ("period" in tree) return tree.period
  return "empty"
}

function path(steps: Step[]): string {
  const said = steps.map((one) => (typeof one === "string" ? one : `{${one.label}}`))
  const [first = "", ...rest] = said
  const plain = typeof steps[0] !== "string" || writable(first)
  return [plain ? first : `{${first}}`, ...rest].join(".")
}

function writable(word: string): boolean {
  return !RESERVED.has(word.toLowerCase()) && period(word) === undefined && WORD.test(word)
}

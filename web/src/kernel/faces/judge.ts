/** What a rule gives on the record before somebody; `undefined` where the browser cannot tell. */

import { parse } from "../expression/read"
import type { Tree } from "../expression/tree"
import type { Value } from "../meta"

export type Draft = Readonly<Record<string, Value | undefined>>

/** Reads and judges a rule; one that cannot be read or judged gives `undefined`. */
export function judged(rule: string, record: Draft): Value | undefined {
  try {
    return valued(parse(rule), record)
  } catch {
    return undefined
  }
}

/** Says whether a condition holds; an empty one, and one nobody can judge, is as told. */
export function holds(rule: string | undefined, record: Draft, otherwise: boolean): boolean {
  if (!rule) return otherwise
  const told = judged(rule, record)
  return told === undefined ? otherwise : told === true
}

class Beyond extends Error {}

function valued(tree: Tree, record: Draft): Value {
  if (tree === null || typeof tree !== "object") return tree
  if (Array.isArray(tree)) return tree.map((one) => valued(one, record))
  if ("number" in tree) return tree.number
  if ("field" in tree) {
    if (typeof tree.field !== "string" || tree.field.includes(".")) throw new Beyond()
    const value = record[tree.field] ?? null
    return value === "" ? null : value
  }
  if ("op" in tree) return operated(tree.op, tree.args, record)
  throw new Beyond()
}

function operated(op: string, args: Tree[], record: Draft): Value {
  const truth = (one: Tree) => valued(one, record) === true
  if (op === "and") return args.every(truth)
  if (op === "or") return args.some(truth)
  if (op === "not") return !truth(args[0] ?? null)
  const [left = null, right = null] = args.map((one) => valued(one, record))
  const vacant = left === null || (Array.isArray(left) && left.length === 0)
  switch (op) {
    case "is empty":
      return vacant
    case "is not empty":
      return !vacant
    case "=":
      return same(left, right)
    case "!=":
      return !same(left, right)
    case "in":
      return Array.isArray(right) && right.some((one) => same(left, one))
    case "not in":
      return !(Array.isArray(right) && right.some((one) => same(left, one)))
  }
  throw new Beyond()
}

function same(left: Value, right: Value): boolean {
  return left === right || (left !== null && right !== null && String(left) === String(right))
}

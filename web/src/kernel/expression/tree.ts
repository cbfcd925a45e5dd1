/** The tree of an expression: the same JSON that the server reads and writes. */

export type Step = string | { label: string }
export type Tree =
  | string
  | number
  | boolean
  | null
  | Tree[]
  | { number: string }
  | { field: string | Step[] }
  | { op: string; args: Tree[] }
  | { call: string; args: Tree[] }
  | { duration: string }
  | { period: string }

/** An expression that cannot be read, and from which character on. */
export class Unreadable extends Error {
  constructor(
    readonly at: number,
    readonly found: string,
  ) {
    super(found === "" ? "unfinished" : `unexpected ${found}`)
  }
}

const EXACT = 2 ** 53

/** A number as JSON holds it exactly, or its digits where no float would. */
export function numberTree(digits: string): Tree {
  const value = Number(digits)
  const plain = digits
    .replace(/^0+(?=\d)/, "")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "")
  if (!plain.includes("."))
    return Math.abs(value) <= EXACT && String(value) === plain ? value : { number: plain }
  return String(value) === plain ? value : { number: plain }
}

export function pathOf(tree: Tree): Step[] | undefined {
  if (tree === null || typeof tree !== "object" || Array.isArray(tree) || !("field" in tree)) return
  return typeof tree.field === "string" ? tree.field.split(".") : tree.field
}

export function operation(tree: Tree): { op: string; args: Tree[] } | undefined {
  if (tree === null || typeof tree !== "object" || Array.isArray(tree) || !("op" in tree)) return
  return tree
}

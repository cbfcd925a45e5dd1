/** An expression as people read it: fields and options by their labels. */

import { objectAt } from "./complete"
import { type Named, namesOf, type Scene, walked } from "./names"
import { pathOf, type Tree } from "./tree"
import { written } from "./write"

const OVER = new Set(["COUNT", "SUM", "AVG", "MIN", "MAX", "LATEST", "FIRST", "LIST", "EXISTS"])

/** The canonical text with every key in the words of the page. */
export function inWords(tree: Tree, scene: Scene): string {
  return written(worded(tree, scene.object, scene))
}

function worded(tree: Tree, object: string, scene: Scene): Tree {
  if (tree === null || typeof tree !== "object") return tree
  if (Array.isArray(tree)) return tree.map((one) => worded(one, object, scene))
  if ("field" in tree) return { field: labels(pathOf(tree) ?? [], object, scene) }
  if ("call" in tree) {
    const [first = null, ...rest] = tree.args
    const inside = OVER.has(tree.call.toUpperCase()) ? target(first, object, scene) : object
    const args = [worded(first, object, scene), ...rest.map((one) => worded(one, inside, scene))]
    return { call: tree.call, args: tree.args.length ? args : [] }
  }
  if ("op" in tree) {
    const field = tree.args.map((one) => fieldOf(one, object, scene)).find(Boolean)
    const args = tree.args.map((one) => chosen(worded(one, object, scene), field))
    return { op: tree.op, args }
  }
  return tree
}

function fieldOf(tree: Tree, object: string, scene: Scene): Named | undefined {
  const path = pathOf(tree)
  return path && walked(path.map(String), object, scene)
}

function chosen(tree: Tree, field: Named | undefined): Tree {
  if (typeof tree === "string") return field?.options.find((one) => one.key === tree)?.label ?? tree
  return Array.isArray(tree) ? tree.map((one) => chosen(one, field)) : tree
}

/** The object at the end of a relation that an aggregate runs over. */
function target(first: Tree, object: string, scene: Scene): string {
  const path = (pathOf(first) ?? []).map(String)
  if (path.length === 0) return object
  const asked = `COUNT(${path.join(".")}, `
  return objectAt(asked, asked.length, { ...scene, object })
}

function labels(path: readonly (string | { label: string })[], object: string, scene: Scene) {
  let at: string | null = object
  return path.map((step) => {
    const key: string = typeof step === "string" ? step : step.label
    const found: Named | undefined =
      at === null ? undefined : namesOf(at, scene).find((one) => one.key === key)
    at = found?.object ?? null
    return found?.label ?? key
  })
}

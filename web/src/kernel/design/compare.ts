/** What is different between two versions of a document, member by member. */

import type { Json } from "./object"

export interface Difference {
  path: string
  how: "added" | "removed" | "changed"
  before?: Json
  after?: Json
}

type Bag = { [key: string]: Json | undefined }

/** Lists of things with keys are compared by key, so that a field that moved is not another one. */
export function differences(before: Json, after: Json, path = ""): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (keyed(before) && keyed(after)) {
    const inside = bags(byKey(before), byKey(after), path)
    const order = (list: Json[]) => list.map((one) => (one as Bag).key)
    const [was, is] = [order(before), order(after)]
    const kept = is.filter((one) => was.includes(one))
    const stayed = was.filter((one) => is.includes(one))
    const moved = JSON.stringify(kept) !== JSON.stringify(stayed)
    return moved ? [...inside, { path: `${path}.↕`, how: "changed" }] : inside
  }
  if (plainBag(before) && plainBag(after)) return bags(before, after, path)
  return [{ path, how: "changed", before, after }]
}

function bags(before: Bag, after: Bag, path: string): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name): Difference[] => {
    const [was, is] = [before[name], after[name]]
    const at = path ? `${path}.${name}` : name
    if (was === undefined && is !== undefined) return [{ path: at, how: "added", after: is }]
    if (is === undefined && was !== undefined) return [{ path: at, how: "removed", before: was }]
    return was === undefined || is === undefined ? [] : differences(was, is, at)
  })
}

function keyed(value: Json): value is Json[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((one) => plainBag(one) && "key" in one)
  )
}

function plainBag(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value)
}

function byKey(list: Json[]): Bag {
  return Object.fromEntries(list.map((one) => [String((one as Bag).key), one]))
}

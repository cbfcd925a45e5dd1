/** Values that change in many cells at once: planned, sent in as few questions as can be, taken back. */

import type { Value } from "./meta"

export interface CellChange {
  id: string
  field: string
  old: Value
  next: Value
  /** What is shown for ids. */
  oldName?: string
  nextName?: string
}

/** Records that get the same values. */
export interface Batch {
  ids: string[]
  set: Record<string, Value>
}

export function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

/** What really changes; the last word on a cell counts. */
export function effective(changes: readonly CellChange[]): CellChange[] {
  const last = new Map(changes.map((one) => [`${one.id} ${one.field}`, one]))
  return [...last.values()].filter((one) => !same(one.old, one.next))
}

/** The way back. */
export function reversed(changes: readonly CellChange[]): CellChange[] {
  return [...changes].reverse().map((one) => ({
    ...one,
    old: one.next,
    next: one.old,
    oldName: one.nextName,
    nextName: one.oldName,
  }))
}

/** Records whose values are the same go together. */
export function batches(changes: readonly CellChange[]): Batch[] {
  const sets = new Map<string, Record<string, Value>>()
  for (const one of changes) sets.set(one.id, { ...sets.get(one.id), [one.field]: one.next })
  const together = new Map<string, Batch>()
  for (const [id, set] of sets) {
    const key = JSON.stringify(Object.entries(set).sort(([a], [b]) => (a < b ? -1 : 1)))
    const batch = together.get(key) ?? { ids: [], set }
    batch.ids.push(id)
    together.set(key, batch)
  }
  return [...together.values()]
}

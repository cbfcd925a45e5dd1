/** Small groups beside each other are asked for together: one question brings the lines of all of them. */

import type { By, Group } from "./groups"
import type { RecordData } from "./meta"

/** Groups from one to another, and the condition that finds the records of all of them. */
export interface Bundle {
  from: number
  to: number
  where: string
}

/** Fields whose values are told as the key of their group is. */
const PLAIN = new Set(["text", "option", "user", "department", "record"])
/** So many groups at most: a condition stays short enough to be read by somebody. */
const MANY = 25

/**
 * For each group the bundle it belongs to, if it does not stand alone. Groups are counted in pages:
 * a bundle ends with its page, so that a further page changes none that is there.
 */
export function bundled(
  groups: readonly Group[],
  by: By,
  { lines, page }: { lines: number; page: number },
): readonly (Bundle | undefined)[] {
  const found: (Bundle | undefined)[] = groups.map(() => undefined)
  if (!PLAIN.has(by.field.type) || by.grain) return found
  const close = (from: number, to: number) => {
    if (to - from < 2) return
    const where = groups
      .slice(from, to)
      .map((one) => `(${one.where})`)
      .join(" or ")
    found.fill({ from, to, where }, from, to)
  }
  let [from, sum] = [0, 0]
  groups.forEach((group, at) => {
    const small = group.key !== null && group.count * 4 <= lines
    if (!small || sum + group.count > lines || at - from >= MANY || at % page === 0) {
      close(from, at)
      ;[from, sum] = [small ? at : at + 1, 0]
    }
    sum += small ? group.count : 0
  })
  close(from, groups.length)
  return found
}

export interface Part {
  items: RecordData[]
}

const parted = new WeakMap<object, Map<string, Part>>()

/** The lines of one group out of what its bundle brought; the same answer gives the same part. */
export function partOf(page: Part, by: By, group: Group): Part {
  const found = parted.get(page) ?? new Map<string, Part>()
  if (!parted.has(page)) {
    parted.set(page, found)
    for (const record of page.items) {
      const key = String(record[by.field.key])
      const part = found.get(key) ?? { items: [] }
      found.set(key, part)
      part.items.push(record)
    }
  }
  return found.get(group.key ?? "") ?? { items: [] }
}

/** Things that hang below one another, as one reads them from the top down. */

export interface Hanging {
  id: string
  parent: string | null
}

export interface Branch<One extends Hanging> {
  one: One
  depth: number
  children: Branch<One>[]
}

/** Puts what hangs below one another together; whose parent is not among them is at the top. */
export function grown<One extends Hanging>(all: readonly One[]): Branch<One>[] {
  const branches = new Map(
    all.map((one) => [one.id, { one, depth: 0, children: [] } as Branch<One>]),
  )
  const tops: Branch<One>[] = []
  for (const branch of branches.values()) {
    const above = branch.one.parent ? branches.get(branch.one.parent) : undefined
    if (above && !within(all, branch.one.id, above.one.id)) above.children.push(branch)
    else tops.push(branch)
  }
  const deepen = (list: Branch<One>[], depth: number) => {
    for (const one of list) {
      one.depth = depth
      deepen(one.children, depth + 1)
    }
  }
  deepen(tops, 0)
  return tops
}

/** The lines that are shown, from the top down: what is folded hides what hangs below it. */
export function shownOf<One extends Hanging>(
  tops: readonly Branch<One>[],
  folded: ReadonlySet<string>,
): Branch<One>[] {
  return tops.flatMap((one) => [
    one,
    ...(folded.has(one.one.id) ? [] : shownOf(one.children, folded)),
  ])
}

/** Whether something is another thing or hangs anywhere below it. */
export function within(all: readonly Hanging[], top: string, id: string): boolean {
  const parents = new Map(all.map((one) => [one.id, one.parent]))
  let at: string | null | undefined = id
  for (let steps = 0; at && steps <= all.length; steps++) {
    if (at === top) return true
    at = parents.get(at)
  }
  return false
}

/** How many hang below it, at any depth. */
export function below<One extends Hanging>(branch: Branch<One>): number {
  return branch.children.reduce((sum, one) => sum + 1 + below(one), 0)
}

export type Step = "in" | "out"

/**
 * Where a line goes when it is pushed: in, below the one above it at its own level; out, beside its
 * parent. Undefined where there is no such place.
 */
export function pushed<One extends Hanging>(
  tops: readonly Branch<One>[],
  id: string,
  step: Step,
): string | null | undefined {
  const place = placeOf(tops, id, null)
  if (!place) return undefined
  if (step === "in") return place.beside[place.at - 1]?.one.id
  if (!place.above) return undefined
  return place.above.one.parent && placeOf(tops, place.above.one.id, null)?.above
    ? place.above.one.parent
    : null
}

interface Place<One extends Hanging> {
  beside: readonly Branch<One>[]
  at: number
  above: Branch<One> | null
}

function placeOf<One extends Hanging>(
  list: readonly Branch<One>[],
  id: string,
  above: Branch<One> | null,
): Place<One> | undefined {
  const at = list.findIndex((one) => one.one.id === id)
  if (at >= 0) return { beside: list, at, above }
  for (const one of list) {
    const found = placeOf(one.children, id, one)
    if (found) return found
  }
  return undefined
}

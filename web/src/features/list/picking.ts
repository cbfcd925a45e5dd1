/** Which records of a list are picked: some of the lines that were read, or all that the filter finds. */

import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { records } from "../../data/recipes"
import type { RecordData } from "../../kernel/meta"
import type { ListState } from "./state"

export interface Picking {
  ids: string[]
  /** How many they are, if they are all that the filter finds. */
  all: number | undefined
  size: number
  /** Whether every line that was read is picked. */
  whole: boolean
  /** Picks all that the filter finds; nothing where no more are found than were read. */
  offer: { count: number; take: () => void } | undefined
  has: (id: string) => boolean
  turn: (id: string, on: boolean) => void
  turnAll: (on: boolean) => void
  clear: () => void
}

interface Picked {
  /** What was asked when they were picked: another question has other answers. */
  of: string
  ids: ReadonlySet<string>
  all: boolean
}

export function usePicking(state: ListState, read: readonly RecordData[]): Picking {
  const { view, where, search, deleted } = state.query
  const about = { view, where, search, deleted }
  const of = JSON.stringify([state.object.key, about])
  const none: Picked = { of, ids: new Set(), all: false }
  const [kept, setKept] = useState(none)
  const picked = kept.of === of ? kept : none
  const whole = read.length > 0 && (picked.all || read.every((one) => picked.ids.has(one.id)))
  const { data: count } = useQuery({
    ...records.count(state.object.key, about, true),
    enabled: whole,
  })
  const all = picked.all ? count?.value : undefined
  return {
    ids: [...picked.ids],
    all,
    size: all ?? picked.ids.size,
    whole,
    offer:
      whole && !picked.all && count && count.value > picked.ids.size
        ? { count: count.value, take: () => setKept({ ...picked, all: true }) }
        : undefined,
    has: (id) => picked.all || picked.ids.has(id),
    turn: (id, on) => {
      // Whoever leaves one out has the others that were read.
      const next = new Set(picked.all ? read.map((one) => one.id) : picked.ids)
      if (on) next.add(id)
      else next.delete(id)
      setKept({ of, ids: next, all: false })
    },
    turnAll: (on) => setKept({ of, ids: new Set(on ? read.map((one) => one.id) : []), all: false }),
    clear: () => setKept(none),
  }
}

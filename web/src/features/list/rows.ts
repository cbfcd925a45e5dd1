/** The lines of a table, however many: fetched where one looks, let go where one has long been. */

import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo, useRef, useState } from "react"
import { PIECE, type RecordQuery, records } from "../../data/recipes"
import type { RecordData } from "../../kernel/meta"
import { keptOf, piecesOf, type Stretch, spread } from "../../kernel/pieces"

/** Pieces that stay at hand; with 100 lines each that is some megabytes. */
const KEPT = 40
/** Who drags the bar passes many lines he never stops at, in milliseconds. */
const PAUSE = 100

export interface Rows {
  /** As long as the answer; lines that were not read are holes. */
  lines: (RecordData | undefined)[]
  pending: boolean
  error: Error | null
  again: () => void
  /** Hears which lines are in sight. */
  look: (stretch: Stretch) => void
  /** Reads lines that may be out of sight. */
  reach: (stretch: Stretch) => Promise<(RecordData | undefined)[]>
  /** Finds out how many there are, however many. */
  measure: () => Promise<number>
  /** Says which places hold no record but the head of a group. */
  heads?: (row: number) => boolean
}

interface Sight {
  /** What is asked, without the columns: another question begins at its first line. */
  of: string
  now: number[]
  kept: number[]
}

export function useRows(object: string, query: RecordQuery): Rows {
  const client = useQueryClient()
  const { view, where, search, deleted } = query
  const about = { view, where, search, deleted }
  const of = JSON.stringify([object, about, query.order])
  const begun: Sight = { of, now: [0], kept: [0] }
  const [seen, setSeen] = useState(begun)
  const sight = seen.of === of ? seen : begun
  const [asker, setAsker] = useState("")

  const { data: counted } = useQuery(records.count(object, about))
  const exactly = records.count(object, about, true)
  const { data: whole } = useQuery({
    ...exactly,
    enabled: asker === of && counted?.exact === false,
  })
  const found = useQueries({
    queries: sight.now.map((number) => records.piece(object, query, number)),
  })
  const cached = sight.kept.flatMap((number) => {
    // What is in sight is looked at here, so that the table hears of its changes.
    const page =
      found[sight.now.indexOf(number)]?.data ??
      client.getQueryData(records.piece(object, query, number).queryKey)
    return page ? [{ number, page }] : []
  })
  const total = (whole ?? counted)?.value
  const stamp = [total, ...cached.map((one) => [one.number, nameOf(one.page)])].join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says what is in the pieces
  const lines = useMemo(
    () =>
      spread(
        cached.map(({ number, page }) => ({ number, lines: page.items, more: page.next !== null })),
        total,
        PIECE,
      ),
    [stamp],
  )

  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const wanted = useRef("")
  function look(stretch: Stretch) {
    const now = piecesOf(stretch, PIECE)
    const name = of + now.join()
    if (name === wanted.current) return
    wanted.current = name
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      const kept = keptOf(sight.kept, now, KEPT)
      for (const number of sight.kept)
        if (!kept.includes(number))
          client.removeQueries({ queryKey: records.piece(object, query, number).queryKey })
      setSeen({ of, now, kept })
      if (stretch.from > 0) setAsker(of)
    }, PAUSE)
  }
  async function reach({ from, to }: Stretch) {
    const first = Math.floor(from / PIECE)
    const numbers = Array.from(
      { length: Math.floor(to / PIECE) - first + 1 },
      (_, at) => first + at,
    )
    const pages = await Promise.all(
      numbers.map((number) => client.ensureQueryData(records.piece(object, query, number))),
    )
    const items = pages.flatMap((page) => page.items)
    return items.slice(from - first * PIECE, to - first * PIECE + 1)
  }
  async function measure() {
    const short = await client.ensureQueryData(records.count(object, about))
    return (short.exact ? short : await client.ensureQueryData(exactly)).value
  }
  return {
    lines,
    pending: found.every((one) => one.isPending) && lines.length === 0,
    error: found.find((one) => one.error)?.error ?? null,
    again: () => {
      for (const one of found) if (one.error) void one.refetch()
    },
    look,
    reach,
    measure,
  }
}

const names = new WeakMap<object, number>()
let named = 0

/** What tells one answer from another. */
export function nameOf(page: object): number {
  const name = names.get(page) ?? ++named
  names.set(page, name)
  return name
}

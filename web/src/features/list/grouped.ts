/** Lines under the values of a field: groups as they are counted, lines read where one looks. */

import { useInfiniteQuery, useQueries, useQueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { GROUPS, PIECE, type RecordQuery, records } from "../../data/recipes"
import { type Bundle, bundled, partOf } from "../../kernel/bundles"
import {
  type By,
  byText,
  type Group,
  groupPieces,
  type Laid,
  laid,
  placeAt,
} from "../../kernel/groups"
import type { RecordData } from "../../kernel/meta"
import type { Stretch } from "../../kernel/pieces"
import { nameOf, type Rows } from "./rows"
import { allOf } from "./search"
import type { ListState } from "./state"

/** More groups than these are closed at first. */
const FEW = 12
const NEAR = 10
/** So many lines are read beyond what is in sight, where somebody is on the way to. */
const AHEAD = 90
const KEPT = 40
/** Who drags the bar passes many groups he never stops at, in milliseconds. */
const PAUSE = 100

export function useGroups(state: ListState, by: By) {
  const { view, where, search } = state.query
  const pages = useInfiniteQuery(
    records.groups(state.object.key, {
      by: byText(by),
      measures: state.measures,
      order: state.groupOrder,
      view,
      where,
      search,
    }),
  )
  const groups = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const first = pages.data?.pages[0]
  const [folded, setFolded] = useState<boolean>()
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const closed = folded ?? (first ? first.groups > FEW : true)
  const isOpen = useCallback((group: Group) => turned.has(idOf(group)) === closed, [turned, closed])
  return {
    by,
    groups,
    total: first?.groups ?? 0,
    records: first?.records ?? 0,
    pending: pages.isPending,
    error: pages.error,
    again: () => void pages.refetch(),
    /** Reads the next groups, if there are any. */
    more: pages.hasNextPage ? () => !pages.isFetching && void pages.fetchNextPage() : undefined,
    isOpen,
    closed,
    turn: (group: Group) =>
      setTurned((now) => {
        const next = new Set(now)
        if (!next.delete(idOf(group))) next.add(idOf(group))
        return next
      }),
    foldAll: (all: boolean) => {
      setFolded(all)
      setTurned(new Set())
    },
  }
}

export type GroupsState = ReturnType<typeof useGroups>

export function idOf(group: Group): string {
  return group.key === null ? "" : `=${group.key}`
}

export interface GroupedRows extends Rows {
  all: Laid
  /** The lines that were read, without the holes between them. */
  read: RecordData[]
}

/** The lines of the open groups, fetched where one looks. */
export function useGroupedRows(
  object: string,
  query: RecordQuery,
  { by, groups, isOpen, closed, pending, error, again }: GroupsState,
): GroupedRows {
  const client = useQueryClient()
  const all = useMemo(() => laid(groups, isOpen), [groups, isOpen])
  const [sight, setSight] = useState<Stretch>({ from: 0, to: 30 })
  const kept = useRef<string[]>([])
  const byId = useMemo(() => new Map(groups.map((one, at) => [idOf(one), at])), [groups])

  const piece = (group: Group | undefined, number: number) =>
    records.piece(object, { ...query, where: allOf(query.where, group?.where) }, number)
  // Where groups are opened one by one, there is nothing beside them to be asked for, too.
  const bundles = useMemo(
    () => (closed ? [] : bundled(groups, by, { lines: PIECE, page: GROUPS })),
    [groups, by, closed],
  )
  const together = ({ where }: Bundle) => {
    const select = query.select && [...new Set([...query.select, by.field.key])]
    return records.piece(object, { ...query, select, where: allOf(query.where, where) }, 0)
  }
  const brought = (bundle: Bundle) => client.getQueryData(together(bundle).queryKey)
  /** What a bundle brought of a group; nothing unless it is all of it. */
  const partIn = (bundle: Bundle, at: number, page = brought(bundle)) => {
    const group = groups[at]
    const part = group && page && partOf(page, by, group)
    return part && part.items.length >= group.count ? part : undefined
  }
  const asked = new Map<string, ReturnType<typeof piece>>()
  for (const one of groupPieces(all, sight.from - NEAR, sight.to + NEAR, PIECE)) {
    const [group, bundle] = [groups[one.group] as Group, bundles[one.group]]
    if (bundle) asked.set(`* ${idOf(groups[bundle.from] as Group)}`, together(bundle))
    if (!bundle || (brought(bundle) && !partIn(bundle, one.group)))
      asked.set(`${one.piece} ${idOf(group)}`, piece(group, one.piece))
  }
  const names = [...asked.keys()]
  const found = useQueries({ queries: [...asked.values()] })
  kept.current = [...kept.current.filter((one) => !names.includes(one)), ...names].slice(-KEPT)

  const pages = kept.current.flatMap((name) => {
    const cut = name.indexOf(" ")
    const [number, at] = [Number(name.slice(0, cut)), byId.get(name.slice(cut + 1))]
    if (at === undefined) return []
    const bundle = bundles[at]
    const fresh = found[names.indexOf(name)]?.data
    if (name.startsWith("*"))
      return Array.from({ length: bundle ? bundle.to - bundle.from : 0 }, (_, next) => {
        const page = bundle && all.open(at + next) ? partIn(bundle, at + next, fresh) : undefined
        return page ? [{ at: at + next, number: 0, page }] : []
      }).flat()
    if (!all.open(at) || (bundle && partIn(bundle, at))) return []
    const page = fresh ?? client.getQueryData(piece(groups[at], number).queryKey)
    return page ? [{ at, number, page }] : []
  })
  const stamp = pages.map((one) => `${one.at} ${one.number} ${nameOf(one.page)}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says what is in the pages
  const { lines, read } = useMemo(() => filled(all, pages), [all, stamp])

  const timer = useRef(0)
  // The clock is the browser's: whoever leaves stops it.
  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
      timer.current = 0
    },
    [],
  )
  const wanted = useRef(sight)
  const ahead = useRef(0)
  function look(stretch: Stretch) {
    const { from, to } = wanted.current
    if (stretch.from === from && stretch.to === to) return
    wanted.current = stretch
    // Who turns the wheel sees where he is all along; who drags the bar, where he stops.
    const step = stretch.from - from
    const far = Math.abs(step) > to - from
    ahead.current = far ? 0 : Math.sign(step) * AHEAD
    if (far) window.clearTimeout(timer.current)
    if (far || timer.current === 0)
      timer.current = window.setTimeout(() => {
        timer.current = 0
        const { from, to } = wanted.current
        setSight({ from: from + Math.min(0, ahead.current), to: to + Math.max(0, ahead.current) })
      }, PAUSE)
  }
  async function reach({ from, to }: Stretch) {
    const pieces = groupPieces(all, from, to, PIECE)
    const pages = await Promise.all(
      pieces.map((one) => client.ensureQueryData(piece(groups[one.group], one.piece))),
    )
    return Array.from({ length: to - from + 1 }, (_, at) => {
      const place = placeAt(all, from + at)
      if (!place || place.line < 0) return undefined
      const number = Math.floor(place.line / PIECE)
      const which = pieces.findIndex((one) => one.group === place.group && one.piece === number)
      return pages[which]?.items[place.line - number * PIECE]
    })
  }
  return {
    all,
    lines,
    read,
    pending,
    error: error ?? found.find((one) => one.error)?.error ?? null,
    again: () => {
      if (error) again()
      for (const one of found) if (one.error) void one.refetch()
    },
    look,
    reach,
    measure: () => Promise.resolve(all.length),
    heads: (row) => (placeAt(all, row)?.line ?? 0) < 0,
  }
}

interface Filled {
  at: number
  number: number
  page: { items: RecordData[] }
}

/** The pages at their places; what was not read is a hole. */
function filled(all: Laid, pages: readonly Filled[]) {
  const lines: (RecordData | undefined)[] = []
  lines.length = all.length
  const read: RecordData[] = []
  for (const { at, number, page } of pages) {
    const head = all.heads[at] ?? 0
    const left = (all.groups[at]?.count ?? 0) - number * PIECE
    page.items.slice(0, Math.max(0, left)).forEach((record, line) => {
      lines[head + 1 + number * PIECE + line] = record
      read.push(record)
    })
  }
  return { lines, read }
}

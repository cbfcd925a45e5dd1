import { keepPreviousData, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import {
  configuration,
  judged,
  planned,
  removed,
  type Stored,
  written,
} from "../../../data/configuration"
import type { Complaint } from "../../../data/fault"
import { keep, kept } from "../../../data/preferences"
import { begun, changed, type History, redone, undone } from "../../../kernel/undo"

export interface FaceDocument {
  kind: string
  key: string
  object: string
}

export interface Draft<Doc extends FaceDocument> {
  now: Doc
  set: (next: Doc) => void
  undo: (() => void) | undefined
  redo: (() => void) | undefined
  /** Whether it says something else than what is kept. */
  dirty: boolean
  stored: Stored<Doc> | undefined
  problems: readonly Complaint[]
  /** Why the server could not judge it, if that is no matter of the document. */
  error: unknown
  /** Everything as it was saved last. */
  reset: () => void
  /** Looks at it without waiting for the hands to rest. */
  plan: () => ReturnType<typeof planned>
  save: (confirm: string[]) => Promise<unknown>
  drop: () => Promise<unknown>
}

const PAUSE = 500
const place = (kind: string, key: string) => `design.${kind}.${key}`

/** Puts a document that is not there yet where its designer finds it. */
export function begin(document: FaceDocument): void {
  keep(place(document.kind, document.key), JSON.stringify(document))
}

/** A document that is being drawn: kept in this browser until it is saved, judged by the server. */
export function useDraft<Doc extends FaceDocument>(
  kind: string,
  key: string,
  read: (body: Doc) => Doc,
): Draft<Doc> | undefined {
  const client = useQueryClient()
  const { data: all } = useSuspenseQuery(configuration.list<Doc>(kind))
  const stored = all.find((one) => one.key === key)
  const [history, setHistory] = useState<History<Doc> | undefined>(() => {
    const saved = stored && read(stored.body)
    const drawn = drawnOf<Doc>(place(kind, key))
    const first = saved ?? drawn
    if (!first) return undefined
    return drawn && saved ? changed(begun(saved), read(drawn)) : begun(read(first))
  })
  const now = history?.now
  const saved = stored && JSON.stringify(read(stored.body))
  const text = now ? JSON.stringify(now) : ""
  const dirty = text !== saved
  // The browser's own storage, so that nothing is lost with the page.
  useEffect(() => {
    if (text) keep(place(kind, key), dirty ? text : null)
  }, [kind, key, text, dirty])
  const settled = useSettled(text)
  const told = useQuery({
    queryKey: ["configuration", "judged", settled],
    queryFn: ({ signal }) => judged({ documents: [JSON.parse(settled)] }, signal),
    placeholderData: keepPreviousData,
    enabled: settled !== "",
    retry: false,
  })
  if (!history || !now) return undefined
  const set = (next: History<Doc>) => setHistory(next)
  return {
    now,
    dirty,
    stored,
    set: (next) => set(changed(history, next)),
    undo: history.past.length > 0 ? () => set(undone(history)) : undefined,
    redo: history.future.length > 0 ? () => set(redone(history)) : undefined,
    problems: told.data?.problems ?? [],
    error: told.error,
    reset: () => stored && set(changed(history, read(stored.body))),
    plan: () => planned({ documents: [now] }),
    save: async (confirm) => {
      const done = await written(now, stored?.version ?? 0, confirm)
      keep(place(kind, key), null)
      await client.invalidateQueries()
      return done
    },
    drop: async () => {
      keep(place(kind, key), null)
      if (stored) await removed(kind, key, [])
      await client.invalidateQueries()
    },
  }
}

function drawnOf<Doc extends FaceDocument>(at: string): Doc | undefined {
  try {
    const told: unknown = JSON.parse(kept(at) ?? "null")
    const whole = typeof told === "object" && told !== null && "object" in told && "key" in told
    return whole ? (told as Doc) : undefined
  } catch {
    return undefined
  }
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  // A timer: the server is asked when the hands rest.
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), PAUSE)
    return () => window.clearTimeout(timer)
  }, [text])
  return settled
}

/** An object as it is being drawn, kept in this browser until it is saved. */

import { useMemo, useRef } from "react"
import type { Stored } from "../../../data/configuration"
import { keep, kept, keptNames, useKept } from "../../../data/preferences"
import { type ObjectDocument, same, tidy } from "../../../kernel/design/object"

const BEGINNING = "draft.object."
const PAST = 100

interface Held {
  version: number
  body: ObjectDocument
}

export interface Draft {
  document: ObjectDocument
  /** The version it was begun from; 0 for an object that is not there yet. */
  version: number
  changed: boolean
  /** Whether somebody else has saved meanwhile. */
  overtaken: boolean
  change: (next: ObjectDocument) => void
  undo: (() => void) | undefined
  drop: () => void
  /** Goes on from what is there by now, with one's own words. */
  rebase: () => void
}

export function useDraft(
  key: string,
  stored: Stored<ObjectDocument> | undefined,
): Draft | undefined {
  const name = BEGINNING + key
  const text = useKept(name)
  const past = useRef<ObjectDocument[]>([])
  const held = useMemo(() => heldIn(text), [text])
  const document = held?.body ?? stored?.body
  if (!document) return undefined
  const version = held?.version ?? stored?.version ?? 0
  const changed = held !== undefined && !(stored && same(held.body, stored.body))
  function hold(next: ObjectDocument) {
    keep(name, JSON.stringify({ version, body: tidy(next) }))
  }
  const last = past.current.at(-1)
  return {
    document,
    version,
    changed,
    overtaken: changed && stored !== undefined && version !== stored.version,
    change: (next) => {
      past.current = [...past.current.slice(-PAST), document]
      hold(next)
    },
    undo:
      last &&
      (() => {
        past.current = past.current.slice(0, -1)
        hold(last)
      }),
    drop: () => {
      past.current = []
      keep(name, null)
    },
    rebase: () => keep(name, JSON.stringify({ version: stored?.version ?? 0, body: document })),
  }
}

/** Begins an object that is not there yet. */
export function begin(document: ObjectDocument): void {
  keep(BEGINNING + document.key, JSON.stringify({ version: 0, body: document }))
}

/** The objects that are drawn in this browser and not saved. */
export function drafts(): ObjectDocument[] {
  return keptNames(BEGINNING).flatMap((name) => heldIn(kept(name))?.body ?? [])
}

function heldIn(text: string | null): Held | undefined {
  if (text === null) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return isHeld(found) ? found : undefined
  } catch {
    return undefined
  }
}

function isHeld(found: unknown): found is Held {
  if (typeof found !== "object" || found === null) return false
  const { version, body } = found as Partial<Held>
  return typeof version === "number" && Array.isArray(body?.fields) && typeof body.key === "string"
}

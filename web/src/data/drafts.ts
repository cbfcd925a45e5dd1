/** What was half written into a form: kept in this browser until it is saved. */

import type { Value } from "../kernel/meta"
import { keep, kept } from "./preferences"

export type Draft = Record<string, Value>

/** What was kept there; nothing where there is no such place. */
export function draftKept(at: string | undefined): Draft {
  try {
    const told: unknown = JSON.parse((at && kept(place(at))) || "{}")
    return typeof told === "object" && told !== null && !Array.isArray(told) ? (told as Draft) : {}
  } catch {
    return {}
  }
}

export function keepDraft(at: string | undefined, draft: Draft | null): void {
  if (at) keep(place(at), draft && JSON.stringify(draft))
}

const place = (at: string) => `draft.${at}`

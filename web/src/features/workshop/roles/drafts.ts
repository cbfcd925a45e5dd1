/** Roles that were changed and not saved yet: kept while one looks at other pages. */

import type { RoleDoc } from "./model"

const drafts = new Map<string, RoleDoc>()
const listeners = new Set<() => void>()

export function keptDraft(key: string): RoleDoc | undefined {
  return drafts.get(key)
}

export function keepDraft(key: string, role: RoleDoc | undefined): void {
  if (role) drafts.set(key, role)
  else drafts.delete(key)
  for (const one of listeners) one()
}

export function watchDrafts(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

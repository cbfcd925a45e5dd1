/** What a role may do with the fields of an object, read from its document. Pure. */

import type { Level } from "../meta"

export interface RoleDocument {
  key: string
  label: string | { zh: string; en?: string }
  configure?: boolean
  objects?: Record<string, GrantDocument>
  other_objects?: GrantDocument | null
}

interface GrantDocument {
  read?: unknown
  create?: unknown
  fields?: Record<string, Level | "hidden">
  other_fields?: Level | "hidden"
}

/** The level of a field for a role alone, as its document says; stages and denials are not asked. */
export function levelFor(role: RoleDocument, object: string, field: string): Level | "hidden" {
  const grant = role.objects?.[object] ?? role.other_objects
  if (!grant || (!granted(grant.read) && !granted(grant.create))) return "hidden"
  return grant.fields?.[field] ?? grant.other_fields ?? "write"
}

function granted(scopes: unknown): boolean {
  return scopes !== undefined && scopes !== "none" && scopes !== false && scopes !== null
}

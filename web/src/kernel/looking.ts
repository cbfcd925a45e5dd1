/** What somebody may do who looks through another's eyes: see, and nothing else. */

import type { Action, Me, ObjectMeta } from "./meta"

/** Says whether anything may be written at all. */
export function mayWrite(who: Me): boolean {
  return who.seen_by === null || who.seen_by === undefined
}

/** Who asks, without the powers that are for writing while they only look. */
export function asLooking(who: Me): Me {
  if (mayWrite(who)) return who
  const none = { configure: false, people: false, write_roles: false, approve_exports: false }
  return { ...who, ...none, view_as: false }
}

/** An object as it is for somebody who only looks. */
export function onlySeen(object: ObjectMeta): ObjectMeta {
  const may = Object.fromEntries(
    Object.entries(object.may).map(([action, on]) => [action, action === "read" && on]),
  ) as Record<Action, boolean>
  const fields = object.fields.map((one) => ({ ...one, create: false, update: false }))
  return { ...object, may, fields }
}

/** What may be asked of an import: by the rights of whoever asks, and by what the file has. */

import { quoted } from "../../kernel/expression/write"
import { type FieldMeta, fieldOf, type ObjectMeta } from "../../kernel/meta"
import type { Draft, Mode, Run } from "./api"

export const ID = "id"
/** As many fields as may name a record together. */
const KEYS = 5
const MODES: Mode[] = ["create", "update", "upsert"]
/** The kinds by whose values no record is named. */
const UNFIT = new Set([
  "lookups",
  "users",
  "tags",
  "options",
  "geo",
  "json",
  "long_text",
  "formula",
])

/** What lines may be; what the draft says already is always among it. */
export function modesOf({ may }: ObjectMeta, draft: Draft): Mode[] {
  const allowed: Record<Mode, boolean> = {
    create: may.create,
    update: may.update,
    upsert: may.create && may.update,
  }
  return MODES.filter((one) => allowed[one] || one === draft.mode)
}

/** What may become of a line that is there already. Who changes nothing decides about nothing. */
export function policiesOf({ may }: ObjectMeta, draft: Draft): Draft["on_duplicate"][] {
  const all: Draft["on_duplicate"][] = ["skip", "merge", "update", "review", "create"]
  const always = ["skip", "create", draft.on_duplicate]
  return may.update ? all : all.filter((one) => always.includes(one))
}

/** The fields of the file by which its lines may name records. */
export function keysOf(object: ObjectMeta, draft: Draft): FieldMeta[] {
  return draft.columns.flatMap((one) => {
    const field = fieldOf(object, one.field ?? "")
    return field && !UNFIT.has(field.kind) && field.level !== "masked" ? [field] : []
  })
}

export function mayBeKey(draft: Draft, field: FieldMeta): boolean {
  return field.key === ID || draft.key.includes(ID) || draft.key.length < KEYS
}

/** By what the lines name records if nobody says it: what no two records share, else the title. */
export function keyFor(object: ObjectMeta, draft: Draft): string[] {
  const there = keysOf(object, draft)
  const kept = draft.key.filter((key) => there.some((one) => one.key === key))
  const found =
    there.find((one) => one.key === ID) ??
    there.find((one) => one.unique) ??
    there.find((one) => one.key === object.title) ??
    there[0]
  return kept.length > 0 || !found ? kept : [found.key]
}

/** The condition of what a run made and changed, as long as nobody changed it again. */
export function broughtBy(object: ObjectMeta, run: Run): string | undefined {
  const { actor, started_at: since, ended_at: until } = run
  if (!actor || !since || !until || run.created + run.updated === 0) return undefined
  const by = (how: "created" | "updated") => {
    const stamps = [`${how}_at`, `${how}_by`]
    if (!stamps.every((key) => fieldOf(object, key)?.level !== "masked")) return []
    if (!stamps.every((key) => fieldOf(object, key))) return []
    return [
      `${how}_by = ${quoted(actor)} and ${how}_at >= ${quoted(since)} and ${how}_at <= ${quoted(until)}`,
    ]
  }
  // What the file says of who made a record and when is kept; who changed it last is never said.
  const all = [...(run.created > 0 ? by("created") : []), ...by("updated")]
  if (all.length < 2) return all[0]
  return all.map((one) => `(${one})`).join(" or ")
}

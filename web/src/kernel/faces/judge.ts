/** What a rule gives on the record before somebody; `undefined` where the browser cannot tell. */

import { pieces } from "../expression/complete"
import { evaluated } from "../expression/evaluate/evaluate"
import type { Named } from "../expression/names"
import { Catalog, type ObjectMeta, type Value } from "../meta"
import { eastAt } from "../zone"

export type Draft = Readonly<Record<string, Value | undefined>>

const NONE = new Catalog([])

/**
 * Reads and judges a rule; one that cannot be read or judged gives `undefined`. With the object its
 * fields have their types; without it a value is what it looks like.
 */
export function judged(rule: string, record: Draft, object?: ObjectMeta): Value | undefined {
  const names = object?.fields ?? lookingLike(rule, record)
  const blank = Object.fromEntries(names.map((one) => [one.key, null]))
  const catalog = object ? new Catalog([object]) : NONE
  const now = new Date()
  try {
    return evaluated(rule, {
      scene: { object: object?.key ?? "", catalog, drawn: names, say: (zh) => zh },
      record: { ...blank, ...record },
      now,
      zone: eastAt(now),
    })
  } catch {
    return undefined
  }
}

/** Says whether a condition holds; an empty one, and one nobody can judge, is as told. */
export function holds(
  rule: string | undefined,
  record: Draft,
  otherwise: boolean,
  object?: ObjectMeta,
): boolean {
  if (!rule) return otherwise
  const told = judged(rule, record, object)
  return told === undefined ? otherwise : told === true
}

function lookingLike(rule: string, record: Draft): Named[] {
  const said = pieces(rule).filter((one) => one.kind === "name" && !one.text.includes("."))
  const keys = new Set([...Object.keys(record), ...said.map((one) => one.text)])
  return [...keys].map((key) => {
    return { key, label: key, type: typeOf(record[key]), object: null, options: [] }
  })
}

function typeOf(value: Value | undefined): string {
  if (Array.isArray(value)) return "list"
  if (typeof value === "number" || typeof value === "boolean") return typeof value
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? "number" : "text"
}

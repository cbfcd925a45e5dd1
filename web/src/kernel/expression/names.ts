/** What a name in an expression may stand for: fields, lookups walked through, relations. */

import type { Catalog } from "../meta"

/** As much of a field as an expression needs to know; drafts have no more. */
export interface Named {
  key: string
  label: string
  type: string
  object: string | null
  options: readonly { key: string; label: string }[]
  /** Whether it names records that point here, and so belongs into `COUNT(…)` and its like. */
  many?: boolean
}

/** Where an expression is read: the objects there are, with those in place that are being drawn. */
export interface Scene {
  object: string
  catalog: Catalog
  /** The fields of the object, if it is being drawn just now. */
  drawn?: readonly Named[]
  say: (zh: string, en: string) => string
}

const PERSON: [string, string, string, string, string | null][] = [
  ["name", "姓名", "Name", "text", null],
  ["login", "登录名", "Login", "text", null],
  ["number", "工号", "Number", "text", null],
  ["department", "主部门", "Department", "department", "department"],
  ["manager", "直属上级", "Manager", "user", "user"],
  ["active", "在职", "Active", "boolean", null],
]
const UNIT: [string, string, string, string, string | null][] = [
  ["name", "名称", "Name", "text", null],
  ["code", "编码", "Code", "text", null],
  ["parent", "上级部门", "Parent", "department", "department"],
  ["head", "负责人", "Head", "user", "user"],
]

/** Everything that can be named on the records of an object. */
export function namesOf(object: string, scene: Scene): Named[] {
  if (object === "user" || object === "department")
    return (object === "user" ? PERSON : UNIT).map(([key, zh, en, type, target]) => ({
      key,
      label: scene.say(zh, en),
      type,
      object: target,
      options: [],
    }))
  const known = scene.catalog.object(object)
  const drawn = object === scene.object ? scene.drawn : undefined
  const relations = (known?.relations ?? []).map((one) => ({
    key: one.key,
    label: one.label || one.key,
    type: "records",
    object: one.object,
    options: [],
    many: true,
  }))
  const fields: readonly Named[] = drawn ?? known?.fields ?? []
  const taken = new Set(fields.map((one) => one.key))
  const given = (drawn && known ? known.fields : []).filter((one) => one.system)
  return [
    ...fields.map((one) => ({ ...one, many: one.type === "records" })),
    ...given.filter((one) => !taken.has(one.key)),
    ...relations.filter((one) => !taken.has(one.key)),
  ]
}

/** What one step is called: by key, or by label, with or without braces. */
export function named(step: string, object: string, scene: Scene): Named | undefined {
  const word = step.replace(/^[{｛]|[}｝]$/g, "").trim()
  const names = namesOf(object, scene)
  return names.find((one) => one.key === word) ?? names.find((one) => one.label === word)
}

/** What a path ends at, and the object it belongs to. */
export function walked(steps: readonly string[], object: string, scene: Scene): Named | undefined {
  let at: string | null = object
  let found: Named | undefined
  for (const step of steps) {
    found = at === null ? undefined : named(step, at, scene)
    if (!found) return undefined
    at = found.object
  }
  return found
}

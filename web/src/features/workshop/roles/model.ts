/** A role as its document says it: what is read out of it, changed in it, and told of a change. */

export const ACTIONS = [
  "read",
  "create",
  "update",
  "delete",
  "export",
  "import",
  "transfer",
  "share",
  "merge",
  "print",
] as const
export type Act = (typeof ACTIONS)[number]

export const LEVELS = ["hidden", "masked", "read", "write"] as const
export type Level = (typeof LEVELS)[number]

export const WORDS = ["own", "subordinates", "department", "departments", "all"] as const
export type ScopeWord = (typeof WORDS)[number]

export type Scopes = string | readonly string[] | boolean | null | undefined

export interface Stage {
  when: Scopes
  fields?: Record<string, Level>
  other_fields?: Level | null
}

export interface Grant {
  fields?: Record<string, Level>
  other_fields?: Level
  reveal?: readonly string[]
  stages?: readonly Stage[]
  buttons?: Record<string, Scopes>
  [action: string]: unknown
}

export interface Denial {
  object: string
  actions?: readonly Act[]
  fields?: readonly string[]
  where?: Scopes
}

export interface RoleDoc {
  kind: "role"
  key: string
  label: { zh: string; en?: string } | string
  configure?: boolean
  people?: boolean
  audit?: boolean
  approve_exports?: boolean
  objects?: Record<string, Grant>
  other_objects?: Grant | null
  deny?: readonly Denial[]
}

/** Every object that is not named. */
export const OTHERS = "*"

/** What an action follows where nothing is said of it. */
const FOLLOWS: Partial<Record<Act, Act>> = {
  transfer: "update",
  share: "update",
  merge: "delete",
  print: "read",
}

/** The scopes that are said of an action; undefined where nothing is said and another one decides. */
export function saidOf(grant: Grant | undefined, act: Act): readonly string[] | undefined {
  const given = grant?.[act] as Scopes
  if (given === undefined || given === null) return FOLLOWS[act] ? undefined : []
  return listed(given)
}

export function listed(given: Scopes): readonly string[] {
  if (given === true) return ["all"]
  if (!given) return []
  const list = typeof given === "string" ? [given] : [...given]
  return list.map((one) => one.trim()).filter((one) => one !== "none" && one !== "")
}

/** The scopes that count for an action, said or followed. */
export function scopesOf(grant: Grant | undefined, act: Act): readonly string[] {
  const said = saidOf(grant, act)
  if (said) return said
  const other = FOLLOWS[act]
  return other ? scopesOf(grant, other) : []
}

export function follows(act: Act): Act | undefined {
  return FOLLOWS[act]
}

/** Scopes as a document says them, as short as they can be said. */
export function written(scopes: readonly string[]): string | string[] {
  if (scopes.includes("all")) return "all"
  if (scopes.length === 0) return "none"
  return scopes.length === 1 ? (scopes[0] ?? "none") : [...scopes]
}

export function grantOf(role: RoleDoc, object: string): Grant | undefined {
  return (object === OTHERS ? role.other_objects : role.objects?.[object]) ?? undefined
}

/** A role with another grant on an object; without one the object is not named any more. */
export function withGrant(role: RoleDoc, object: string, grant: Grant | undefined): RoleDoc {
  if (object === OTHERS) return { ...role, other_objects: grant ?? null }
  const { [object]: _, ...others } = role.objects ?? {}
  return { ...role, objects: grant ? { ...others, [object]: grant } : others }
}

/** A grant in which an action has these scopes; undefined: it follows another one again. */
export function withScopes(
  grant: Grant | undefined,
  act: Act,
  scopes: readonly string[] | undefined,
): Grant {
  const { [act]: _, ...others } = grant ?? {}
  if (scopes === undefined) return others as Grant
  if (act === "import") return { ...others, import: scopes.length > 0 }
  const said = written(scopes)
  if (act === "create" && (said === "all" || said === "none"))
    return { ...others, create: said === "all" }
  if (said === "none" && !FOLLOWS[act]) return others as Grant
  return { ...others, [act]: said }
}

/** What may be done with a field that nothing more is said about. */
export function levelOf(grant: Grant | undefined, field: string): Level {
  return grant?.fields?.[field] ?? grant?.other_fields ?? "write"
}

/** A map without one key, or with another value of it. */
export function put<Value>(
  map: Record<string, Value> | undefined,
  key: string,
  value: Value | undefined,
): Record<string, Value> {
  const { [key]: _, ...others } = map ?? {}
  return value === undefined ? others : { ...others, [key]: value }
}

/** One thing that differs between two roles. */
export interface Difference {
  object: string
  what: "scope" | "level" | "stage" | "denial" | "power" | "label" | "rest"
  name: string
  old: readonly string[]
  new: readonly string[]
}

const POWERS = ["configure", "people", "audit", "approve_exports"] as const

/** Everything that differs between two versions of a role, in the order in which it is shown. */
export function differences(old: RoleDoc, now: RoleDoc): Difference[] {
  const found: Difference[] = []
  const add = (
    object: string,
    what: Difference["what"],
    name: string,
    a: string[],
    b: string[],
  ) => {
    if (a.join("\n") !== b.join("\n")) found.push({ object, what, name, old: a, new: b })
  }
  add("", "label", "", [JSON.stringify(old.label)], [JSON.stringify(now.label)])
  for (const one of POWERS) add("", "power", one, power(old, one), power(now, one))
  const objects = new Set([...Object.keys(old.objects ?? {}), ...Object.keys(now.objects ?? {})])
  for (const object of [...objects, OTHERS]) {
    const [a, b] = [grantOf(old, object), grantOf(now, object)]
    for (const act of ACTIONS)
      add(object, "scope", act, [...scopesOf(a, act)].sort(), [...scopesOf(b, act)].sort())
    add(object, "level", "*", [a?.other_fields ?? "write"], [b?.other_fields ?? "write"])
    const fields = new Set([...Object.keys(a?.fields ?? {}), ...Object.keys(b?.fields ?? {})])
    for (const field of fields)
      add(object, "level", field, [levelOf(a, field)], [levelOf(b, field)])
    add(object, "stage", "", (a?.stages ?? []).map(texted), (b?.stages ?? []).map(texted))
    add(object, "rest", "reveal", [...(a?.reveal ?? [])], [...(b?.reveal ?? [])])
    add(object, "rest", "buttons", [texted(a?.buttons ?? {})], [texted(b?.buttons ?? {})])
  }
  add("", "denial", "", (old.deny ?? []).map(texted), (now.deny ?? []).map(texted))
  return found
}

function power(role: RoleDoc, one: (typeof POWERS)[number]): string[] {
  return role[one] ? ["yes"] : []
}

function texted(one: unknown): string {
  return JSON.stringify(one)
}

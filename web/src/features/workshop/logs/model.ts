/** What a log tells: whom an entry is about, and what differs between what was and what is. */

/** What an entry is about, as people call it; an id says something to nobody. */
export function whatOf(
  entry: { label?: string; target?: string },
  object: string | undefined,
): string {
  const inner = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(entry.target ?? "")
  return entry.label || (inner && object) || entry.target || ""
}

export interface Apart {
  name: string
  old: unknown
  now: unknown
}

/** The members that differ, by their path; things in a list are known by their key. */
export function apart(old: unknown, now: unknown): Apart[] {
  const [a, b] = [members(old), members(now)]
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((name) => ({ name, old: a.get(name), now: b.get(name) }))
    .filter((one) => texted(one.old) !== texted(one.now))
}

function members(value: unknown, path = ""): Map<string, unknown> {
  const inside = entries(value)
  if (!inside) return new Map(value === null || value === undefined ? [] : [[path, value]])
  return new Map(inside.flatMap(([key, one]) => [...members(one, path ? `${path}.${key}` : key)]))
}

function entries(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== "object" || value === null) return undefined
  if (!Array.isArray(value)) return Object.entries(value)
  const keyed = value.every((one) => typeof one?.key === "string")
  return keyed && value.length > 0 ? value.map((one) => [one.key, one]) : undefined
}

/** A value in one line; what is empty is a dash. */
export function texted(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—"
  return typeof value === "string" ? value : JSON.stringify(value)
}

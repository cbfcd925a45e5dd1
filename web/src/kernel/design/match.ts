/** When two records are the same one, as it is being written. Pure. */

export interface CompareDocument {
  field?: string
  key?: string
  expression?: string
  using?: string
  weights?: Record<string, number>
}

interface Policy {
  block?: number | null
  warn?: number | null
}

export interface MatchDocument {
  kind: "match"
  key: string
  object: string
  keys: { fields: string[]; using?: string }[]
  on_duplicate?: string
  compare?: CompareDocument[]
  policy?: Record<string, Policy>
}

const USUAL: Policy = { block: 0.99, warn: 0.2 }

export function began(object: string, title: string): MatchDocument {
  return { kind: "match", key: object, object, keys: [{ fields: [title] }], on_duplicate: "error" }
}

export function matchIn(text: string | null): MatchDocument | undefined {
  if (text === null) return undefined
  try {
    const found = JSON.parse(text) as Partial<MatchDocument>
    return Array.isArray(found.keys) ? (found as MatchDocument) : undefined
  } catch {
    return undefined
  }
}

/** From how many percent on a likely duplicate is refused, or told. */
export function percentOf(match: MatchDocument, which: "block" | "warn"): number | undefined {
  const policy = match.policy?.others ?? USUAL
  const said = policy[which] === undefined ? USUAL[which] : policy[which]
  return said === null || said === undefined ? undefined : Math.round(said * 100)
}

export function weighed(
  match: MatchDocument,
  which: "block" | "warn",
  percent: number | undefined,
): Partial<MatchDocument> {
  const others = { ...match.policy?.others, [which]: percent === undefined ? null : percent / 100 }
  return { policy: { ...match.policy, others } }
}

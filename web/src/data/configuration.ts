/** The configuration: documents as they are written, what changing them would do, and the doing. */

import { queryOptions } from "@tanstack/react-query"
import type { Document, Json } from "../kernel/design/object"
import type { Schema } from "../kernel/design/schema"
import { ask } from "./client"
import type { Complaint } from "./fault"

export interface Stored<Body> {
  kind: string
  key: string
  version: number
  app: string | null
  updated_at: string
  body: Body
}

export interface Version<Body> {
  version: number
  at: string
  actor: { id: string; name: string } | null
  app: string | null
  /** Null where the document was removed. */
  body: Body | null
}

export interface PlanStep {
  id: string
  says: { zh: string; en: string }
  lock: string
  rows: number
  lossy: boolean
  lost: number
  examples: Json[]
  reversible: boolean
  sql: string[]
}

export interface Plan {
  version: number
  documents: {
    kind: string
    key: string
    change: "added" | "changed" | "removed"
    clashes: string[]
  }[]
  steps: PlanStep[]
}

export interface Wish {
  documents?: readonly object[]
  remove?: readonly { kind: string; key: string }[]
}

const FOR_LONG = 5 * 60_000

export const configuration = {
  list: <Body>(kind: string) =>
    queryOptions({
      queryKey: ["configuration", kind],
      queryFn: async ({ signal }) =>
        (await ask<{ items: Stored<Body>[] }>("GET", `/config/${kind}`, { signal })).items,
      staleTime: FOR_LONG,
    }),
  versions: <Body>(kind: string, key: string) =>
    queryOptions({
      queryKey: ["configuration", kind, key, "versions"],
      queryFn: async ({ signal }) => {
        const path = `/config/${kind}/${key}/versions` as const
        return (await ask<{ items: Version<Body>[] }>("GET", path, { signal })).items
      },
    }),
  schema: (kind: string) =>
    queryOptions({
      queryKey: ["configuration", "schema", kind],
      queryFn: ({ signal }) => ask<Schema>("GET", `/config/schemas/${kind}`, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}

/** Says what would happen; what is wrong comes as a fault with the place of each problem. */
export function planned(wish: Wish): Promise<Plan> {
  return ask<Plan>("POST", "/config/plan", { body: wish })
}

/** The same while it is still being drawn: what is wrong is told, and refused is nothing. */
export async function judged(
  wish: Wish,
  signal?: AbortSignal,
): Promise<Plan & { problems: Complaint[] }> {
  return await ask("POST", "/config/plan", { body: { ...wish, drawing: true }, signal })
}

export function applied(wish: Wish, confirm: readonly string[]): Promise<Plan> {
  return ask<Plan>("POST", "/config/apply", { body: { ...wish, confirm } })
}

/** Writes one document, if it is still the one of that version (0: whatever is there). */
export function written(
  document: { kind: string; key: string },
  version: number,
  confirm: readonly string[],
): Promise<Plan> {
  return ask<Plan>("PUT", `/config/${document.kind}/${document.key}`, {
    body: document,
    version: version || undefined,
    query: { confirm: confirm.join(",") },
  })
}

export function removed(kind: string, key: string, confirm: readonly string[]): Promise<Plan> {
  return ask<Plan>("DELETE", `/config/${kind}/${key}`, { query: { confirm: confirm.join(",") } })
}

export function restored(
  kind: string,
  key: string,
  version: number,
  confirm: readonly string[],
): Promise<Plan> {
  return ask<Plan>("POST", `/config/${kind}/${key}/versions/${version}/restore`, {
    body: { confirm },
  })
}

/** A key in pinyin for what has a label so far. */
export async function proposedKey(label: string, taken: readonly string[]): Promise<string> {
  const query = { label, taken: taken.join(",") }
  return (await ask<{ key: string }>("GET", "/config/proposed/key", { query })).key
}

/** The documents in a YAML file; what cannot be read comes as a fault with its line. */
export function readFile(text: string, name: string): Promise<{ documents: Document[] }> {
  return ask<{ documents: Document[] }>("POST", "/config/read", { body: { text, name } })
}

import { queryOptions } from "@tanstack/react-query"
import { ask } from "../../../data/client"
import type { Plan } from "../../../data/configuration"

/** An app that comes with the product. */
export interface Shipped {
  key: string
  label: string
  /** The version that came along. */
  version: string
  /** The one that is installed. */
  installed: string | null
  waits: boolean
}

/** A removed field or object whose data is still there. */
export interface Removed {
  object: string
  field: string | null
  label: string
  kind: string | null
  removed_at: string
}

export const apps = {
  shipped: () =>
    queryOptions({
      queryKey: ["configuration", "apps"],
      queryFn: async ({ signal }) =>
        (await ask<{ items: Shipped[] }>("GET", "/apps", { signal })).items,
    }),
  removed: () =>
    queryOptions({
      queryKey: ["configuration", "removed"],
      queryFn: async ({ signal }) =>
        (await ask<{ items: Removed[] }>("GET", "/removed", { signal })).items,
    }),
}

export function planApp(key: string): Promise<Plan> {
  return ask<Plan>("POST", `/apps/${key}/plan`)
}

export function installApp(key: string, confirm: readonly string[]): Promise<Plan> {
  return ask<Plan>("POST", `/apps/${key}/install`, { body: { confirm } })
}

export async function purge(one: Removed): Promise<void> {
  await ask("DELETE", `/removed/${one.object}`, { query: { field: one.field } })
}

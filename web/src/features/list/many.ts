/** What is done to many records at once, by the server: told with what was left out, and undone. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query"
import { ask } from "../../data/client"
import { records } from "../../data/recipes"
import { meet, sweeps } from "../../data/sweeps"
import type { FieldMeta, Value } from "../../kernel/meta"
import { isSweep, type Sweep } from "../../kernel/sweeps"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import type { Picking } from "./picking"
import type { ListState } from "./state"

export interface Refusal {
  errors: { message: string }[]
}

interface Told {
  changed?: number
  deleted?: number
  errors: Refusal[]
  undo: { ids: string[]; set?: Record<string, Value> }[]
}

/** How the server is told which records are meant: it refuses where they are others by now. */
export function chosenBy(state: ListState, { all, ids }: Picking): Record<string, unknown> {
  if (all === undefined) return { ids }
  const { view, where, search } = state.query
  return { view, where: where ?? "", search, expected: all }
}

const REASONS = 3

/** Why records were left out, the commonest reason first. */
export function reasons(refused: readonly Refusal[]): string {
  const counted = new Map<string, number>()
  for (const one of refused) {
    const why = one.errors[0]?.message ?? ""
    counted.set(why, (counted.get(why) ?? 0) + 1)
  }
  return [...counted]
    .sort(([, one], [, other]) => other - one)
    .slice(0, REASONS)
    .map(([why, n]) => (counted.size > 1 ? `${why} (${n})` : why))
    .join("; ")
}

export function tellLeft(refused: readonly Refusal[]): void {
  if (refused.length === 0) return
  const why = reasons(refused)
  tell(sayNow("bulk.left.why", { n: refused.length.toLocaleString(), why }), { bad: true })
}

/** What is too much for one request was begun as a job: it shows itself beside the list. */
export async function begun(client: QueryClient, picking: Picking, sweep: Sweep): Promise<void> {
  meet(sweep.id)
  picking.clear()
  await client.invalidateQueries({ queryKey: sweeps.all })
}

export function useMany(state: ListState, picking: Picking) {
  const client = useQueryClient()
  const at = `/records/${state.object.key}` as const
  const again = () => client.invalidateQueries({ queryKey: records.all(state.object.key) })
  const chosen = () => ({ ...chosenBy(state, picking), undo: true })

  async function done(deed: Promise<Told | Sweep>, says: (n: string) => string) {
    try {
      const told = await deed
      if (isSweep(told)) return await begun(client, picking, told)
      const back = told.undo
      const n = (told.changed ?? told.deleted ?? 0).toLocaleString()
      tell(says(n), { undo: back.length ? () => void takeBack(back) : undefined })
      tellLeft(told.errors)
      picking.clear()
    } finally {
      // Also where others answer by now: they are counted again.
      await again()
    }
  }

  async function takeBack(back: Told["undo"]) {
    try {
      const left: Refusal[] = []
      for (const { ids, set } of back) {
        const told = set
          ? await ask<Told>("PATCH", at, { body: { ids, set } })
          : await ask<Told>("POST", `${at}/restore`, { body: { ids } })
        left.push(...told.errors)
      }
      const all = back.reduce((sum, one) => sum + one.ids.length, 0)
      tell(sayNow("grid.back", { n: (all - left.length).toLocaleString() }))
      tellLeft(left)
    } catch (error) {
      tellFault(error)
    } finally {
      await again()
    }
  }

  return {
    change: (field: FieldMeta, value: Value, add: boolean) =>
      done(
        ask<Told | Sweep>("PATCH", at, {
          body: { ...chosen(), [add ? "add" : "set"]: { [field.key]: value } },
        }),
        (n) => sayNow("bulk.changed", { n }),
      ),
    drop: () =>
      done(ask<Told | Sweep>("POST", `${at}/delete`, { body: chosen() }), (n) =>
        sayNow("bulk.deleted", { n }),
      ),
  }
}

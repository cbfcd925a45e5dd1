/** What is done to many records at once, by the server: told with what was left out, and undone. */

import { useQueryClient } from "@tanstack/react-query"
import { ask } from "../../data/client"
import { leftBy, meet, sweeps, undoSweep } from "../../data/sweeps"
import type { FieldMeta, Value } from "../../kernel/meta"
import { isOver, isSweep, type Sweep } from "../../kernel/sweeps"
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
  restored?: number
  errors: Refusal[]
  /** What became of those that went along, by relation. */
  with?: Record<string, { changed: number; errors: Refusal[] }>
  /** The sweep by which it is taken back; nothing if nothing was changed. */
  undo: string | null
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

export function tellLeft(refused: readonly Refusal[], count = refused.length): void {
  if (count === 0) return
  const why = reasons(refused)
  tell(sayNow("bulk.left.why", { n: count.toLocaleString(), why }), { bad: true })
}

export function useMany(state: ListState, picking: Picking) {
  const client = useQueryClient()
  const at = `/records/${state.object.key}` as const
  const chosen = () => ({ ...chosenBy(state, picking), undo: true })

  /** Also where others answer by now: they are counted again. What went along is of other objects. */
  const again = () => client.invalidateQueries({ queryKey: ["records"] })

  /** What is too much for one request was begun as a job: it shows itself beside the list. */
  async function shown(sweep: Sweep) {
    meet(sweep.id)
    await client.invalidateQueries({ queryKey: sweeps.all })
  }

  async function done(deed: Promise<Told | Sweep>, says: (n: string) => string) {
    try {
      const told = await deed
      if (isSweep(told)) await shown(told)
      else {
        const { undo } = told
        const n = (told.changed ?? told.deleted ?? told.restored ?? 0).toLocaleString()
        tell(says(n), { undo: undo ? () => void takeBack(undo) : undefined })
        tellLeft([told, ...Object.values(told.with ?? {})].flatMap((one) => one.errors))
      }
      picking.clear()
    } finally {
      await again()
    }
  }

  async function takeBack(id: string) {
    try {
      const sweep = await undoSweep(id)
      if (!isOver(sweep)) return await shown(sweep)
      tell(sayNow("bulk.back", { n: sweep.undone.toLocaleString() }))
      if (sweep.kept > 0) tellLeft((await leftBy(id)).items, sweep.kept)
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
    bring: () =>
      done(ask<Told | Sweep>("POST", `${at}/restore`, { body: chosen() }), (n) =>
        sayNow("bulk.restored", { n }),
      ),
    give: (to: { id: string; name: string }, along: string[]) =>
      done(
        ask<Told | Sweep>("POST", `${at}/transfer`, {
          body: { ...chosen(), to: to.id, with: along },
        }),
        (n) => sayNow("assign.done", { n, name: to.name }),
      ),
  }
}

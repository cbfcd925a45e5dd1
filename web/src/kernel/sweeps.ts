/** What is done to very many records as a job: how far it is, and which of them are worth showing. */

export type Act = "change" | "delete" | "restore" | "transfer"
export type SweepState =
  | "waiting"
  | "running"
  | "done"
  | "failed"
  | "cancelled"
  | "undoing"
  | "undone"

export interface Sweep {
  id: string
  object: string
  act: Act
  state: SweepState
  /** Unknown until its records are settled. */
  total: number | null
  passed: number
  changed: number
  unchanged: number
  refused: number
  undone: number
  kept: number
  along: number
  /** Should have gone along, and did not. */
  stayed: number
  /** Records a second. */
  rate: number
  /** Seconds. */
  eta: number | null
  fields: string[]
  to: string | null
  undoable: boolean
  stopped: { zh: string; en: string } | null
  created_at: string
  ended_at: string | null
}

const OPEN: readonly SweepState[] = ["waiting", "running", "undoing"]

export function isOver(one: Pick<Sweep, "state">): boolean {
  return !OPEN.includes(one.state)
}

/** Whether an answer of the server is a job that it began instead of doing it at once. */
export function isSweep(told: object): told is Sweep {
  return "act" in told && "state" in told
}

/** Whether it was begun to be taken back, to whatever end. */
export function goesBack(one: Sweep): boolean {
  return one.state === "undone" || one.state === "undoing" || one.undone + one.kept > 0
}

/** How many records were left as they are: by the act, or by taking it back. */
export function left(one: Sweep): number {
  return goesBack(one) ? one.kept : one.refused + one.stayed
}

/** What is worth showing beside a list: what runs, and what ended while one was there. */
export function shownOf(
  found: readonly Sweep[],
  met: ReadonlySet<string>,
  dismissed: ReadonlySet<string>,
): Sweep[] {
  return found.filter((one) => !isOver(one) || (met.has(one.id) && !dismissed.has(one.id)))
}

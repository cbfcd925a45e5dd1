/** What was, what is and what was taken back: every change of a draft is one step. */

export interface History<Now> {
  past: readonly Now[]
  now: Now
  future: readonly Now[]
}

const MOST = 200

export function begun<Now>(now: Now): History<Now> {
  return { past: [], now, future: [] }
}

export function changed<Now>(history: History<Now>, now: Now): History<Now> {
  if (now === history.now) return history
  return { past: [...history.past, history.now].slice(-MOST), now, future: [] }
}

export function undone<Now>(history: History<Now>): History<Now> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
  }
}

export function redone<Now>(history: History<Now>): History<Now> {
  const [next, ...rest] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.now], now: next, future: rest }
}

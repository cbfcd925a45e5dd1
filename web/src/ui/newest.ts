/** What is called later than it was drawn, always as it is by then. */

import { useLayoutEffect, useRef } from "react"

/**
 * Keeps the newest of something at a place that stays the same, so that what is handed the place
 * need not be drawn anew whenever the thing changes.
 */
export function useNewest<T>(now: T): { readonly current: T } {
  const kept = useRef(now)
  // Events come between two drawings: by then the place has to hold what was drawn last.
  useLayoutEffect(() => {
    kept.current = now
  })
  return kept
}

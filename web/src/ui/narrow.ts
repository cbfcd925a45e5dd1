import { useSyncExternalStore } from "react"

const PHONE = "(max-width: 700px)"

/** Says whether the page is as narrow as a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore((changed) => {
    const query = window.matchMedia(PHONE)
    query.addEventListener("change", changed)
    return () => query.removeEventListener("change", changed)
  }, narrowNow)
}

export function narrowNow(): boolean {
  return window.matchMedia(PHONE).matches
}

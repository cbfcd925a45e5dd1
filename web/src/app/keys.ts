/** The keys that work on every page: `g` and a letter, `c`, `?`, Ctrl K. */

import { useLocation, useNavigate } from "@tanstack/react-router"
import { useEffect, useRef } from "react"
import type { Catalog, ObjectMeta } from "../kernel/meta"
import { byWeight } from "../kernel/shape"

const PATIENCE = 1200
const TAKEN = ["h", "w", "e"]

/** A letter for each object: the first one of its name that is free. */
export function lettersOf(known: Catalog): Map<string, ObjectMeta> {
  const letters = new Map<string, ObjectMeta>()
  for (const one of byWeight(known.objects.filter((each) => each.may.read))) {
    const free = [...one.key].find(
      (each) => /[a-z]/.test(each) && !letters.has(each) && !TAKEN.includes(each),
    )
    if (free) letters.set(free, one)
  }
  return letters
}

interface Deeds {
  known: Catalog
  onPalette: () => void
  onHelp: () => void
  onNew: (object: string) => void
}

export function useKeys({ known, onPalette, onHelp, onNew }: Deeds) {
  const navigate = useNavigate()
  const path = useLocation({ select: (at) => at.pathname })
  const went = useRef(0)
  // Keys that work on every page are heard at the document.
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      if ((event.ctrlKey || event.metaKey) && key === "k") {
        event.preventDefault()
        return onPalette()
      }
      const typing =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, dialog, [role=menu], [contenteditable]")
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return
      const going = Date.now() - went.current < PATIENCE
      went.current = 0
      const here = known.object(/^\/desk\/(\w+)/.exec(path)?.[1] ?? "")
      if (going && key === "h") void navigate({ to: "/desk" })
      else if (going && key === "w") void navigate({ to: "/workshop" })
      else if (going) {
        const object = lettersOf(known).get(key)
        if (object) void navigate({ to: "/desk/$object", params: { object: object.key } })
      } else if (key === "g") went.current = Date.now()
      else if (key === "?") onHelp()
      else if (key === "c" && (here ?? byWeight(known.objects)[0])?.may.create)
        onNew((here ?? byWeight(known.objects)[0])?.key ?? "")
      else return
      event.preventDefault()
    }
    document.addEventListener("keydown", heard)
    return () => document.removeEventListener("keydown", heard)
  })
}

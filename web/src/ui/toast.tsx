import { X } from "lucide-react"
import { useSyncExternalStore } from "react"
import { Fault } from "../data/fault"
import { Button, IconButton } from "./button"
import "./toast.css"
import { sayNow, useWords } from "./words"

interface Toast {
  id: number
  says: string
  bad: boolean
  undo?: () => void
}

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function set(next: Toast[]): void {
  toasts = next
  for (const one of listeners) one()
}

function drop(id: number): void {
  set(toasts.filter((one) => one.id !== id))
}

/** Says something at the edge of the page for a while, and how to take it back. */
export function tell(
  says: string,
  { bad = false, undo }: { bad?: boolean; undo?: () => void } = {},
): void {
  const id = ++last
  set([...toasts.slice(-3), { id, says, bad, undo }])
  window.setTimeout(() => drop(id), bad || undo ? 8000 : 4000)
}

export function tellFault(error: unknown): void {
  const says = error instanceof Fault ? error.says : String(error)
  tell(says || sayNow("fault.title"), { bad: true })
}

export function Toasts() {
  const say = useWords()
  const shown = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => toasts,
  )
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className="toast" data-bad={one.bad}>
          <span>{one.says}</span>
          {one.undo && (
            <Button
              small
              look="quiet"
              onClick={() => {
                drop(one.id)
                one.undo?.()
              }}
            >
              {say("do.undo")}
            </Button>
          )}
          <IconButton label={say("do.close")} onClick={() => drop(one.id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  )
}

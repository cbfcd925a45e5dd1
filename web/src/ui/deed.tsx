import { useState } from "react"
import { Fault } from "../data/fault"
import "./labelled.css"

/** Something that is sent to the server: whether it is under way, and what was wrong with it. */
export interface Deed<Given extends unknown[]> {
  run: (...given: Given) => Promise<void>
  busy: boolean
  fault: Fault | undefined
  /** What was wrong with one member, by the name the API gives it. */
  wrong: (path: string) => string | undefined
  /** Forgets what was wrong. */
  clear: () => void
}

/** Runs a deed once at a time and keeps the fault, so that it can be shown where it happened. */
export function useDeed<Given extends unknown[]>(
  deed: (...given: Given) => Promise<unknown>,
): Deed<Given> {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  return {
    busy,
    fault,
    clear: () => setFault(undefined),
    wrong: (path) => fault?.errors.find((one) => one.path === path)?.message,
    run: async (...given) => {
      setBusy(true)
      setFault(undefined)
      try {
        await deed(...given)
      } catch (error) {
        setFault(error instanceof Fault ? error : new Fault(0, { detail: String(error) }))
      } finally {
        setBusy(false)
      }
    },
  }
}

/** What was wrong with a deed as a whole; what belongs to a member that says it itself is left out. */
export function DeedFault({ fault, said = [] }: { fault?: Fault; said?: readonly string[] }) {
  if (!fault) return null
  const left = fault.errors.filter((one) => !said.includes(one.path))
  if (fault.errors.length > 0 && left.length === 0) return null
  const lines = left.length > 0 ? left : [{ path: "", message: fault.says, hint: fault.hint }]
  return (
    <div className="deed-fault" role="alert">
      {lines.map((one) => (
        <p key={one.path + one.message}>
          {one.message}
          {one.hint && <span className="soft"> {one.hint}</span>}
        </p>
      ))}
    </div>
  )
}

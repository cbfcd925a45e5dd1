/** How any page asks for a form: the form itself belongs to a feature that others do not know. */

import { createContext, useContext } from "react"
import type { RecordData, Value } from "../kernel/meta"

export interface EntryWish {
  object: string
  /** The record to change; without one a new one is made. */
  record?: RecordData
  given?: Record<string, Value>
  /** What records that `given` points at are called. */
  names?: Record<string, string>
  saved?: (record: RecordData) => void
}

export const EntryContext = createContext<{ open: (wish: EntryWish) => void }>({
  open: () => undefined,
})

export function useEntry() {
  return useContext(EntryContext)
}

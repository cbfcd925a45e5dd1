/** The other fields of the record that is being filled in, for what gives two of them together. */

import { createContext } from "react"
import type { Value } from "../kernel/meta"

export interface Beside {
  /** Whether one may give a field here. */
  may: (key: string) => boolean
  value: (key: string) => Value | undefined
  set: (values: Record<string, Value>) => void
}

export const BesideFields = createContext<Beside | null>(null)

/** The other fields of the record that is being filled in, for what gives two of them together. */

import { createContext } from "react"
import { fieldOf, type ObjectMeta, type RecordData, type Value } from "../kernel/meta"

export interface Beside {
  /** Whether one may give a field here. */
  may: (key: string) => boolean
  value: (key: string) => Value | undefined
  set: (values: Record<string, Value>) => void
}

export const BesideFields = createContext<Beside | null>(null)

/** What goes along when one field is changed in place: the fields beside it that it gave, too. */
export type Along = Record<string, Value>

/** The other fields of a record of which one is changed in place. */
export function besideOf(
  object: ObjectMeta,
  record: RecordData,
  along: Along,
  set: (values: Along) => void,
): Beside {
  return {
    may: (key) => object.may.update && fieldOf(object, key)?.update === true,
    value: (key) => (key in along ? along[key] : record[key]),
    set,
  }
}

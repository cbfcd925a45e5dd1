/** How any page asks for records to be compared and made one. */

import { createContext, useContext } from "react"

export interface MergeWish {
  object: string
  ids: string[]
  merged?: () => void
}

export const MergeContext = createContext<{ open: (wish: MergeWish) => void }>({
  open: () => undefined,
})

export function useMerging() {
  return useContext(MergeContext)
}

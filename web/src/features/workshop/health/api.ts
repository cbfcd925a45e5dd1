/** How good the records of an object are, in the words of the server. */

import { queryOptions } from "@tanstack/react-query"
import { ask } from "../../../data/client"
import { languageNow } from "../../../data/preferences"

export const SCORE = "quality"

export interface Health {
  object: string
  records: number
  /** From 0 to 100, by the score's field. */
  average: Record<string, number | null>
  distribution: { from: number; to: number; records: number }[]
  fields: {
    field: string
    label: string
    weight: number
    records: number
    filled: number
    /** How many of the filled ones are in order; null where nothing can be judged. */
    valid: number | null
  }[]
  owners: { owner: { id: string; name: string } | null; records: number; quality: number | null }[]
  trend: Record<string, number | string>[]
}

export const quality = {
  of: (object: string) =>
    queryOptions({
      queryKey: ["quality", object, languageNow()],
      queryFn: ({ signal }) => ask<Health>("GET", `/quality/${object}`, { signal }),
    }),
}

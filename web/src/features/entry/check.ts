import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { ask } from "../../data/client"
import type { Complaint, Duplicate } from "../../data/fault"
import type { RecordData, Value } from "../../kernel/meta"

export interface Checked {
  record: RecordData
  errors: Complaint[]
  remarks: Complaint[]
  duplicates: Duplicate[]
}

const PAUSE = 350

/** Has the server look at what is typed, a moment after the last key. */
export function useCheck(object: string, draft: Record<string, Value> | undefined) {
  const text = draft ? JSON.stringify(draft) : ""
  const [settled, setSettled] = useState(text)
  // A timer, so that not every key is a question.
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), PAUSE)
    return () => window.clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ["check", object, settled],
    queryFn: ({ signal }) =>
      ask<Checked>("POST", `/records/${object}/check`, { body: JSON.parse(settled), signal }),
    enabled: settled !== "" && settled !== "{}",
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

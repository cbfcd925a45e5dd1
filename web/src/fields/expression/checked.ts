/** What the server says of an expression that is being typed, a moment after the last key. */

import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { type CheckedExpression, expressions } from "../../data/expressions"
import type { Callable } from "../../kernel/expression/complete"
import type { ExpressionInputProps, More } from "../expression"

const NONE: Callable[] = []
const PAUSE = 300

export interface Checking {
  told: CheckedExpression | undefined
  /** Whether what is told is about what stands there now. */
  fresh: boolean
  error: unknown
  record: string | undefined
  tryOn: (record: string | undefined) => void
  object: string
  trial: boolean
}

export function useFunctions(): readonly Callable[] {
  return useQuery(expressions.functions()).data ?? NONE
}

export function useChecked(props: ExpressionInputProps, more: More): Checking {
  const { object, value, expects } = props
  const [record, tryOn] = useState<string>()
  const text = useSettled(value)
  const question = {
    object,
    text,
    wants: expects,
    event: more.event,
    record,
    documents: more.documents,
  }
  const { data, error, isPlaceholderData } = useQuery({
    ...expressions.check(question),
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
  })
  const told = text.trim() === "" ? undefined : data
  const { onChecked } = more
  // Whoever wants to know lives outside: the form's own list of what is wrong.
  useEffect(() => {
    if (told && !isPlaceholderData) onChecked?.(told)
  }, [told, isPlaceholderData, onChecked])
  const fresh = text === value && !isPlaceholderData
  return { told, fresh, error, record, tryOn, object, trial: more.trial ?? true }
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  // A timer: the server is asked when the hands rest.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** Expressions as the server sees them: what is wrong, what they are, what they give. */

import { queryOptions } from "@tanstack/react-query"
import type { Callable } from "../kernel/expression/complete"
import type { Tree } from "../kernel/expression/tree"
import type { Value } from "../kernel/meta"
import { ask } from "./client"
import { languageNow } from "./preferences"

export interface ExpressionProblem {
  start: number | null
  end: number | null
  code: string
  message: string
  hint: string
}

export interface CheckedExpression {
  problems: ExpressionProblem[]
  type?: string
  /** The expression by keys, as it is kept. */
  text?: string
  tree?: Tree
  /** Whether a column may keep its value. */
  storable?: boolean
  same_record?: boolean
  reads?: string[]
  sample?: { id: string; title: string | null; value: Value } | null
}

export interface ExpressionQuestion {
  object: string
  text: string
  wants?: string
  event?: boolean
  record?: string
  documents?: readonly object[]
}

const FOR_LONG = 30 * 60_000

export const expressions = {
  functions: () =>
    queryOptions({
      queryKey: ["expressions", "functions", languageNow()],
      queryFn: async ({ signal }) =>
        (await ask<{ items: Callable[] }>("GET", "/expressions/functions", { signal })).items,
      staleTime: FOR_LONG,
    }),
  check: (question: ExpressionQuestion) =>
    queryOptions({
      queryKey: ["expressions", "check", languageNow(), question],
      queryFn: ({ signal }) =>
        ask<CheckedExpression>("POST", "/expressions/check", { body: question, signal }),
      retry: false,
    }),
}

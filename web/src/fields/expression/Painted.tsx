import { type ReactNode, useMemo } from "react"
import type { ExpressionProblem } from "../../data/expressions"
import { pieces } from "../../kernel/expression/complete"

interface Props {
  text: string
  problems?: readonly ExpressionProblem[]
}

/** The colours that lie behind the text: what each word is, and where something is wrong. */
export function Painted({ text, problems = [] }: Props) {
  const parts = useMemo(() => {
    const made: ReactNode[] = []
    let at = 0
    for (const one of pieces(text)) {
      if (one.start > at) made.push(text.slice(at, one.start))
      const bad = problems.some((each) => covers(each, one.start, one.end, text.length))
      made.push(
        <span key={one.start} data-kind={one.kind} data-bad={bad || undefined}>
          {one.text}
        </span>,
      )
      at = one.end
    }
    made.push(text.slice(at))
    return made
  }, [text, problems])
  return (
    <div className="input expression-paint" aria-hidden="true">
      {parts}{" "}
    </div>
  )
}

function covers(one: ExpressionProblem, start: number, end: number, length: number): boolean {
  const from = one.start ?? length
  const to = Math.max(one.end ?? from, from + 1)
  return (start < to && end > from) || (from >= length && end === length)
}

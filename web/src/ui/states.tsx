import type { ReactNode } from "react"
import { Fault } from "../data/fault"
import { Button } from "./button"
import "./states.css"
import { useWords } from "./words"

/** What stands where nothing is: why, and what to do next. */
export function Empty({
  title,
  hint,
  children,
}: {
  title: string
  hint?: string
  children?: ReactNode
}) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {hint && <p className="soft">{hint}</p>}
      {children && <div className="empty-next">{children}</div>}
    </div>
  )
}

/** What went wrong, in the server's words. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useWords()
  const says = error instanceof Fault ? error.says : String(error)
  return (
    <div className="empty" role="alert">
      <p className="empty-title">{say("fault.title")}</p>
      <p className="soft">{says}</p>
      {retry && (
        <div className="empty-next">
          <Button onClick={retry}>{say("do.retry")}</Button>
        </div>
      )}
    </div>
  )
}

/** Grey lines in the shape of what will come. */
export function Bones({
  lines,
  height = 16,
  gap = 12,
}: {
  lines: number
  height?: number
  gap?: number
}) {
  return (
    <div className="bones" aria-hidden="true" style={{ gap }}>
      {Array.from({ length: lines }, (_, at) => `${92 - ((at * 37) % 45)}%`).map((width, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones have no other name and never move
        <div key={at} className="bone" style={{ height, width }} />
      ))}
    </div>
  )
}

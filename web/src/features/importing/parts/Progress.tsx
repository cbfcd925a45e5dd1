import type { ReactNode } from "react"
import { useWords } from "../../../ui/words"
import type { Run } from "../api"

/** How far something is that takes its time, and the way out of it. */
export function Progress({
  run,
  says,
  children,
}: {
  run: Run | undefined
  says: string
  children?: ReactNode
}) {
  const say = useWords()
  return (
    <div className="import-progress">
      <strong role="status">{says}</strong>
      <progress aria-label={says} max={run?.total || 1} value={run?.rows} />
      <span className="soft">
        {run ? `${run.rows.toLocaleString()} / ${run.total.toLocaleString()}` : "…"}
        {run?.eta ? ` · ${say("import.eta", { seconds: Math.ceil(run.eta) })}` : ""}
      </span>
      {children}
    </div>
  )
}

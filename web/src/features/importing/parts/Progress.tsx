import { useWords } from "../../../ui/words"
import type { Run } from "../api"

/** How far something is that takes its time. */
export function Progress({ run, says }: { run: Run | undefined; says: string }) {
  const say = useWords()
  return (
    <div className="import-progress">
      <strong>{says}</strong>
      <progress aria-label={says} max={run?.total || 1} value={run?.rows} />
      <span className="soft">
        {run ? `${run.rows.toLocaleString()} / ${run.total.toLocaleString()}` : "…"}
        {run?.eta ? ` · ${say("import.eta", { seconds: Math.ceil(run.eta) })}` : ""}
      </span>
    </div>
  )
}

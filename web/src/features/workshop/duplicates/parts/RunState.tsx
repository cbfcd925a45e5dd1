import { useLanguage } from "../../../../data/preferences"
import { moment } from "../../../../kernel/format"
import type { ObjectMeta } from "../../../../kernel/meta"
import { useWords } from "../../../../ui/words"
import { busy, type Run } from "../api"

const STEPS = ["reading", "comparing", "keeping"]

/** How far a run is, or what it found. */
export function RunState({ run, object }: { run: Run; object: ObjectMeta }) {
  const say = useWords()
  const language = useLanguage()
  if (busy(run)) {
    const says = say("duplicates.running", { object: object.plural })
    const step = STEPS.indexOf(run.step)
    return (
      <div className="duplicates-run" role="status">
        <strong>{says}</strong>
        <progress aria-label={says} max={STEPS.length} value={step < 0 ? undefined : step + 0.5} />
        <span className="soft">
          {run.records > 0 && say("duplicates.records", { n: run.records.toLocaleString() })}
        </span>
      </div>
    )
  }
  if (run.state === "failed")
    return (
      <p className="duplicates-run" role="alert" data-bad>
        {run.fault?.message ?? say("fault.title")}
      </p>
    )
  return (
    <p className="duplicates-run soft">
      {say("duplicates.found", {
        records: run.records.toLocaleString(),
        object: object.plural,
        pairs: run.pairs.toLocaleString(),
        clusters: run.clusters.toLocaleString(),
      })}
      {run.ended_at && ` · ${moment(run.ended_at, language, new Date())}`}
    </p>
  )
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { GitMerge, Undo2 } from "lucide-react"
import { useState } from "react"
import { keep, useKept } from "../../../../data/preferences"
import type { ObjectMeta } from "../../../../kernel/meta"
import { Button } from "../../../../ui/button"
import { Sure } from "../../../../ui/sure"
import { tellFault } from "../../../../ui/toast"
import { useWords } from "../../../../ui/words"
import { type Batch, busy, identity, mergeAll, type Run, undoAll } from "../api"

const LEAST = [0.9, 0.95, 0.99, 0.999]
const USUAL = 0.99

/** What is sure enough is merged as a whole, and can be parted as a whole. */
export function Bulk({ run, object }: { run: Run; object: ObjectMeta }) {
  const say = useWords()
  const client = useQueryClient()
  const [least, setLeast] = useState(USUAL)
  const [asking, setAsking] = useState(false)
  // A run that nobody here has merged has no merges to tell of.
  const merged = useKept("identity.merged") === run.id
  const batch = useQuery({ ...identity.batch(run.id), enabled: merged })
  const sure = useQuery(identity.sure(run.id, least))
  const again = async (told: Batch) => {
    keep("identity.merged", run.id)
    client.setQueryData(identity.batch(run.id).queryKey, told)
    await Promise.all([
      client.invalidateQueries({ queryKey: ["records"] }),
      client.invalidateQueries({ queryKey: identity.sure(run.id, least).queryKey }),
    ])
  }
  const undo = useMutation({
    mutationFn: () => undoAll(run.id),
    onSuccess: again,
    onError: tellFault,
  })
  const told = batch.data
  const groups = sure.data?.would ?? 0
  const working = busy(told) || undo.isPending
  if (told && told.state !== "undone" && told.state !== "none")
    return (
      <div className="duplicates-bulk" role="status">
        <GitMerge size={16} aria-hidden="true" />
        <span>{doneSaid(told, say)}</span>
        {working && <progress max={told.total || 1} value={told.done} />}
        {!working && (told.outcomes.merged ?? 0) > 0 && (
          <Button small icon={<Undo2 size={14} />} onClick={() => undo.mutate()}>
            {say("duplicates.part")}
          </Button>
        )}
      </div>
    )
  return (
    <div className="duplicates-bulk">
      <GitMerge size={16} aria-hidden="true" />
      <label>
        {say("duplicates.least")}{" "}
        <select
          className="input"
          value={least}
          onChange={(event) => setLeast(Number(event.target.value))}
        >
          {LEAST.map((one) => (
            <option key={one} value={one}>
              {(one * 100).toFixed(one > 0.99 ? 1 : 0)}%
            </option>
          ))}
        </select>
      </label>
      <span className="soft">
        {sure.data ? say("duplicates.sure", { n: count(groups), object: object.label }) : "…"}
      </span>
      <Button small disabled={working || groups === 0} onClick={() => setAsking(true)}>
        {say("duplicates.merge")}
      </Button>
      <span className="faint">{say("duplicates.undoable")}</span>
      {asking && (
        <Sure
          title={say("duplicates.merge")}
          label={say("duplicates.merge.sure", { n: count(groups) })}
          look="main"
          run={async () => again(await mergeAll(run.id, least))}
          onClose={() => setAsking(false)}
        >
          <p>{say("duplicates.merge.ask", { n: count(groups), object: object.label })}</p>
          <p className="soft">{say("duplicates.merge.back")}</p>
        </Sure>
      )}
    </div>
  )
}

const count = (n: number) => n.toLocaleString()

function doneSaid(told: Batch, say: ReturnType<typeof useWords>): string {
  if (told.state === "undoing") return say("duplicates.parting")
  if (busy(told)) return say("duplicates.merging", { done: told.done, total: told.total })
  const { merged = 0, refused = 0 } = told.outcomes
  return (
    say("duplicates.merged", { n: merged }) +
    (refused > 0 ? ` · ${say("duplicates.refused", { n: refused })}` : "")
  )
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { records } from "../../../data/recipes"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Trouble } from "../../../ui/states"
import { Sure } from "../../../ui/sure"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { cancel, imports, isOver, type Undoing, undo } from "../api"
import { broughtBy } from "../ways"
import { Notices } from "./Notices"
import { Progress } from "./Progress"
import { Review } from "./Review"

const COUNTS = ["created", "updated", "unchanged", "skipped", "failed"] as const

/** The run, and what became of the lines: with the way to the failed ones, and the way back. */
export function ResultStep({ object, id }: { object: ObjectMeta; id: string }) {
  const say = useWords()
  const client = useQueryClient()
  const found = useQuery(imports.run(id))
  const [asking, setAsking] = useState(false)
  const halt = useMutation({
    mutationFn: () => cancel(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["imports", id] }),
    onError: tellFault,
  })
  const run = found.data
  const over = run !== undefined && isOver(run)
  const { data: undoing } = useQuery({ ...imports.undoing(id), enabled: over })
  if (found.error) return <Trouble error={found.error} />
  if (!run || !isOver(run)) {
    return (
      <Progress
        run={run}
        says={say(run?.state === "undoing" ? "import.undoing" : "import.running")}
      >
        {run?.state !== "undoing" && (
          <Button disabled={!run || halt.isPending} onClick={() => halt.mutate()}>
            {say("import.cancel")}
          </Button>
        )}
      </Progress>
    )
  }
  const brought = run.state === "undone" ? undefined : broughtBy(object, run)
  return (
    <div className="import-result">
      <h2>
        {say(
          run.state === "done"
            ? "import.done"
            : run.state === "undone"
              ? "import.undone"
              : run.state === "cancelled"
                ? "import.cancelled"
                : "import.stopped",
        )}
      </h2>
      {run.stopped && <p className="import-missing">{run.stopped}</p>}
      <dl className="import-counts">
        {COUNTS.map((one) => (
          <div key={one} data-fate={run[one] > 0 ? one : undefined}>
            <dt>{say(`import.${one}`)}</dt>
            <dd>{run[one].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {run.state !== "undone" && <Notices run={run} />}
      {undoing && run.state !== "undone" && <Against undoing={undoing} />}
      <div className="import-next">
        <Link
          to="/desk/$object"
          params={{ object: object.key }}
          search={brought ? { where: brought } : {}}
          className="button button-main"
          onClick={() => void client.invalidateQueries({ queryKey: records.all(object.key) })}
        >
          {say(brought ? "import.look.these" : "import.look", { object: object.plural })}
        </Link>
        {run.failed > 0 && (
          <a className="button button-plain" href={`/api/v1/imports/${id}/errors.xlsx`}>
            {say("import.errors")}
          </a>
        )}
        {run.state !== "undone" && (
          <Button look="danger" onClick={() => setAsking(true)}>
            {say("import.undo")}
          </Button>
        )}
      </div>
      {run.on_duplicate === "review" && run.state !== "undone" && (
        <Review object={object} id={id} />
      )}
      {asking && (
        <Sure
          title={say("import.undo")}
          label={say("import.undo.do")}
          run={async () => {
            await undo(id)
            await client.invalidateQueries()
          }}
          onClose={() => setAsking(false)}
        >
          {say("import.undo.sure", {
            created: run.created.toLocaleString(),
            updated: run.updated.toLocaleString(),
          })}
        </Sure>
      )}
    </div>
  )
}

/** Why it could not be taken back, as whoever tried is told. */
function Against({ undoing }: { undoing: Undoing }) {
  const say = useWords()
  if (undoing.refused.length === 0 && !undoing.stopped) return null
  return (
    <div className="import-missing" role="status">
      <p>{undoing.stopped ?? say("import.undo.refused")}</p>
      <ul className="import-against">
        {undoing.refused.map((one) => (
          <li key={`${one.path} ${one.code}`}>{one.message}</li>
        ))}
      </ul>
    </div>
  )
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { records } from "../../../data/recipes"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Trouble } from "../../../ui/states"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { imports, isOver, type Undoing, undo } from "../api"
import { Progress } from "./Progress"

const COUNTS = ["created", "updated", "unchanged", "skipped", "failed"] as const

/** The run, and what became of the lines: with the way to the failed ones, and the way back. */
export function ResultStep({ object, id }: { object: ObjectMeta; id: string }) {
  const say = useWords()
  const client = useQueryClient()
  const found = useQuery(imports.run(id))
  const back = useMutation({
    mutationFn: () => undo(id),
    onSuccess: () => client.invalidateQueries(),
    onError: tellFault,
  })
  const run = found.data
  const over = run !== undefined && isOver(run)
  const { data: undoing } = useQuery({ ...imports.undoing(id), enabled: over })
  if (found.error) return <Trouble error={found.error} />
  if (!run || !isOver(run)) return <Progress run={run} says={say("import.running")} />
  return (
    <div className="import-result">
      <h2>
        {say(
          run.state === "done"
            ? "import.done"
            : run.state === "undone"
              ? "import.undone"
              : "import.stopped",
        )}
      </h2>
      <dl className="import-counts">
        {COUNTS.map((one) => (
          <div key={one} data-fate={one}>
            <dt>{say(`import.${one}`)}</dt>
            <dd>{run[one].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {undoing && run.state !== "undone" && <Against undoing={undoing} />}
      <div className="import-next">
        <Link
          to="/desk/$object"
          params={{ object: object.key }}
          className="button button-main"
          onClick={() => void client.invalidateQueries({ queryKey: records.all(object.key) })}
        >
          {say("import.look", { object: object.plural })}
        </Link>
        {run.failed > 0 && (
          <a className="button button-plain" href={`/api/v1/imports/${id}/errors.xlsx`}>
            {say("import.errors")}
          </a>
        )}
        {run.state !== "undone" && (
          <Button look="danger" disabled={back.isPending} onClick={() => back.mutate()}>
            {say("import.undo")}
          </Button>
        )}
      </div>
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

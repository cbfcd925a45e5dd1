import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { records } from "../../../data/recipes"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Trouble } from "../../../ui/states"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { imports, isOver, undo } from "../api"
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

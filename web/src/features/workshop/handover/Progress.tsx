import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { ask } from "../../../data/client"
import { peopleChanged } from "../../../data/people"
import { catalog } from "../../../data/recipes"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { Sure } from "../../../ui/sure"
import { useWords } from "../../../ui/words"
import { handovers } from "./api"

/** How far a hand-over is, what became of the records, and the way back. */
export function Progress({ id }: { id: string }) {
  const say = useWords()
  const client = useQueryClient()
  const { data, error } = useQuery(handovers.one(id))
  const [asking, setAsking] = useState(false)
  const state = data?.state
  // What a job did to people and records is known here only once it is over.
  useEffect(() => {
    if (state !== "done" && state !== "undone" && state !== "failed") return
    void peopleChanged(client)
    void client.invalidateQueries({ queryKey: ["records"] })
    void client.invalidateQueries({ queryKey: ["handovers"] })
  }, [state, client])
  if (error) return <Trouble error={error} />
  if (!data) return <Bones lines={4} gap={18} />
  const total = data.total ?? 0
  const stopped = typeof data.stopped === "string" ? data.stopped : data.stopped?.message
  return (
    <>
      <p role="status">
        <strong>{say(`handover.state.${data.state}`)}</strong>{" "}
        <span className="soft">
          {data.done ?? 0} / {total}
        </span>
      </p>
      <progress
        className="handover-progress"
        max={Math.max(1, total)}
        value={total === 0 ? 1 : (data.done ?? 0)}
        aria-label={say(`handover.state.${data.state}`)}
      />
      {stopped && <p className="deed-fault">{stopped}</p>}
      {(data.state === "done" || data.state === "undone") && <Exceptions id={id} />}
      {data.state === "done" && (
        <div>
          <Button onClick={() => setAsking(true)}>{say("handover.undo")}</Button>
        </div>
      )}
      {asking && (
        <Sure
          title={say("handover.undo")}
          label={say("handover.undo")}
          run={async () => {
            await ask("POST", `/handovers/${id}/undo`)
            await client.invalidateQueries(handovers.one(id))
          }}
          onClose={() => setAsking(false)}
        >
          {say("handover.undo.sure")}
        </Sure>
      )}
    </>
  )
}

function Exceptions({ id }: { id: string }) {
  const say = useWords()
  const { data } = useQuery(handovers.exceptions(id))
  const { data: known } = useQuery(catalog())
  if (!data || data.length === 0) return null
  return (
    <section className="people-part">
      <h3>{say("handover.exceptions")}</h3>
      <ul className="people-rows">
        {data.map((one) => (
          <li key={one.position} className="people-row people-row-tight">
            <a href={`/desk/${one.object}/${one.record}`}>
              {known?.object(one.object)?.label ?? one.object}
            </a>
            <span className="soft">{one.why || one.outcome}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

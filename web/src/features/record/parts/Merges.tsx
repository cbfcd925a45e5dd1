import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { Fault } from "../../../data/fault"
import { lineage } from "../../../data/lineage"
import { useLanguage } from "../../../data/preferences"
import { moment } from "../../../kernel/format"
import { titleOfRecord } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Dialog } from "../../../ui/dialog"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"

interface Undone {
  restored: string[]
  conflicts: unknown[]
}

/** What the record was merged with, and the way back. */
export function Merges({ object, record, onClose }: Place & { onClose: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const { data, error } = useQuery(lineage.merges(object.key, record.id))
  /** The merge that later ones stand upon: they would have to be taken back with it. */
  const [under, setUnder] = useState<string>()
  const undo = useMutation({
    mutationFn: ({ id, later }: { id: string; later: boolean }) =>
      ask<Undone>("POST", `/merges/${id}/undo`, { body: { later } }),
    onSuccess: async (done) => {
      setUnder(undefined)
      tell(say("merges.parted", { n: done.restored.length }))
      if (done.conflicts.length > 0)
        tell(say("merges.conflicts", { n: done.conflicts.length }), { bad: true })
      await client.invalidateQueries({ queryKey: ["records"] })
    },
    onError: (error, { id }) =>
      error instanceof Fault && error.word === "merged_again" ? setUnder(id) : tellFault(error),
  })
  return (
    <Dialog title={say("merges.title")} onClose={onClose}>
      {error && <Trouble error={error} />}
      {!data && !error && <Bones lines={3} height={32} />}
      {data?.items.length === 0 && <Empty title={say("merges.none")} />}
      <ul className="merges">
        {data?.items.map((one) => (
          <li key={one.id}>
            <div>
              <p>
                {one.parts
                  .map((part) => (part.record ? titleOfRecord(object, part.record) : object.label))
                  .join("、")}
              </p>
              <p className="soft">
                {one.actor?.name ?? say("timeline.system")} · {moment(one.at, language, new Date())}
                {one.state === "undone" && ` · ${say("merges.undone")}`}
              </p>
            </div>
            {one.state === "done" && object.may.merge && (
              <Button
                small
                look={under === one.id ? "danger" : "plain"}
                disabled={undo.isPending}
                onClick={() => undo.mutate({ id: one.id, later: under === one.id })}
              >
                {say(under === one.id ? "merges.undo.later" : "merges.undo")}
              </Button>
            )}
            {under === one.id && (
              <p className="merges-under" role="status">
                {say("merges.under")}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { ask } from "../../../data/client"
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

/** What the record was merged with, and the way back. */
export function Merges({ object, record, onClose }: Place & { onClose: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const { data, error } = useQuery(lineage.merges(object.key, record.id))
  const undo = useMutation({
    mutationFn: (id: string) =>
      ask<{ restored: string[]; conflicts: unknown[] }>("POST", `/merges/${id}/undo`),
    onSuccess: async (done) => {
      tell(say("merges.parted", { n: done.restored.length }))
      if (done.conflicts.length > 0)
        tell(say("merges.conflicts", { n: done.conflicts.length }), { bad: true })
      await client.invalidateQueries({ queryKey: ["records"] })
    },
    onError: tellFault,
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
              <Button small disabled={undo.isPending} onClick={() => undo.mutate(one.id)}>
                {say("merges.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { Download, GitMerge, PencilLine, Trash2, UserRoundPen, X } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { records } from "../../../data/recipes"
import { quoted } from "../../../kernel/expression/write"
import { fieldOf } from "../../../kernel/meta"
import { Button, IconButton } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useMerging } from "../../../ui/merging"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { useExport } from "../exporting"
import type { ListState } from "../state"
import type { useWriting } from "../writing"
import { Assign } from "./Assign"
import { BulkEdit } from "./BulkEdit"

/** What can be done to all records that are picked. */
export function BulkBar({
  state,
  ids,
  writing,
  onDone,
}: {
  state: ListState
  ids: string[]
  writing: ReturnType<typeof useWriting>
  onDone: () => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const merging = useMerging()
  const { object } = state
  const exporting = useExport()
  const [busy, setBusy] = useState(false)
  const [giving, setGiving] = useState(false)

  async function run(deed: () => Promise<string>, undo?: () => Promise<unknown>) {
    setBusy(true)
    try {
      const says = await deed()
      const again = () => client.invalidateQueries({ queryKey: records.all(object.key) })
      tell(says, { undo: undo && (() => void undo().then(again, tellFault)) })
      onDone()
      await again()
    } catch (error) {
      tellFault(error)
    } finally {
      setBusy(false)
    }
  }
  const drop = () => Promise.all(ids.map((id) => ask("DELETE", `/records/${object.key}/${id}`)))
  const restore = () =>
    Promise.all(ids.map((id) => ask("POST", `/records/${object.key}/${id}/restore`)))

  return (
    <div className="bulk" role="toolbar" aria-label={say("bulk.title", { n: ids.length })}>
      <strong>{say("bulk.title", { n: ids.length })}</strong>
      {object.may.update && (
        <Float
          label={say("bulk.edit")}
          trigger={
            <Button small icon={<PencilLine size={14} />} disabled={busy}>
              {say("bulk.edit")}
            </Button>
          }
        >
          <BulkEdit
            state={state}
            ids={ids}
            onChanges={(changes) => {
              writing.apply(changes)
              onDone()
            }}
          />
        </Float>
      )}
      {object.may.transfer && fieldOf(object, "owner") && (
        <Button small icon={<UserRoundPen size={14} />} onClick={() => setGiving(true)}>
          {say("assign.do")}
        </Button>
      )}
      {object.may.export && (
        <Button
          small
          icon={<Download size={14} />}
          disabled={exporting.busy}
          onClick={() => exporting.run(state, `id in [${ids.map(quoted).join(", ")}]`)}
        >
          {say("do.export")}
        </Button>
      )}
      {object.may.merge && ids.length > 1 && ids.length <= 10 && (
        <Button
          small
          icon={<GitMerge size={14} />}
          onClick={() => merging.open({ object: object.key, ids, merged: onDone })}
        >
          {say("merge.do")}
        </Button>
      )}
      {object.may.delete && ids.length <= 100 && (
        <Button
          small
          look="danger"
          icon={<Trash2 size={14} />}
          disabled={busy}
          onClick={() =>
            void run(async () => {
              await drop()
              return say("bulk.deleted", { n: ids.length })
            }, restore)
          }
        >
          {say("do.delete")}
        </Button>
      )}
      <IconButton label={say("do.cancel")} onClick={onDone}>
        <X size={16} />
      </IconButton>
      {giving && (
        <Assign state={state} ids={ids} onDone={onDone} onClose={() => setGiving(false)} />
      )}
    </div>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { GitMerge, PencilLine, Trash2, X } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { records } from "../../../data/recipes"
import { Edit } from "../../../fields/edit"
import { fieldOf, type Value } from "../../../kernel/meta"
import { formOf } from "../../../kernel/shape"
import { Button, IconButton } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useMerging } from "../../../ui/merging"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"

/** What can be done to all records that are picked. */
export function BulkBar({
  state,
  ids,
  onDone,
}: {
  state: ListState
  ids: string[]
  onDone: () => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const merging = useMerging()
  const { object } = state
  const [busy, setBusy] = useState(false)

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
            onSet={(set) =>
              void run(async () => {
                const told = await ask<{ changed: number; errors: unknown[] }>(
                  "PATCH",
                  `/records/${object.key}`,
                  { body: { ids, set } },
                )
                if (told.errors.length)
                  tell(say("bulk.left", { n: told.errors.length }), { bad: true })
                return say("bulk.changed", { n: told.changed })
              })
            }
          />
        </Float>
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
    </div>
  )
}

function BulkEdit({
  state,
  onSet,
}: {
  state: ListState
  onSet: (set: Record<string, Value>) => void
}) {
  const say = useWords()
  const fields = formOf(state.object, "update").filter((one) => !one.unique)
  const [key, setKey] = useState(
    (fields.find((one) => one.key === "owner") ?? fields[0])?.key ?? "",
  )
  const [value, setValue] = useState<Value>(null)
  const field = fieldOf(state.object, key)
  return (
    <div className="bulk-edit">
      <select
        className="input"
        aria-label={say("filter.field")}
        value={key}
        onChange={(event) => {
          setKey(event.target.value)
          setValue(null)
        }}
      >
        {fields.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
      {field && <Edit key={key} field={field} value={value} onChange={(next) => setValue(next)} />}
      <Button small look="main" onClick={() => onSet({ [key]: value })}>
        {say("do.apply")}
      </Button>
    </div>
  )
}

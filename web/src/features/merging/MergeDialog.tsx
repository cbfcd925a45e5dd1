import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../data/client"
import type { Page } from "../../data/recipes"
import { SideBySide, useSides } from "../../fields/side_by_side"
import { type ObjectMeta, type RecordData, titleOfRecord } from "../../kernel/meta"
import { factsOf } from "../../kernel/shape"
import { Button } from "../../ui/button"
import { Dialog } from "../../ui/dialog"
import type { MergeWish } from "../../ui/merging"
import { Bones, Trouble } from "../../ui/states"
import { tell, tellFault } from "../../ui/toast"
import { useWords } from "../../ui/words"
import "./merging.css"

interface Merged {
  id: string
  merge_id: string | null
  record: RecordData
  moved: unknown
}

/** Records side by side: which one stays, and whose value it gets where they differ. */
export function MergeDialog({
  object,
  wish,
  onClose,
}: {
  object: ObjectMeta
  wish: MergeWish
  onClose: () => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const { found, items: those, shown } = useSides(object, wish.ids)
  const [chosenKeep, setKeep] = useState<string>()
  const [choose, setChoose] = useState<Record<string, string>>({})
  const keep = chosenKeep ?? those[0]?.id
  const others = those.filter((one) => one.id !== keep)
  const body = { duplicates: others.map((one) => one.id), choose }
  const preview = useQuery({
    queryKey: ["merge", object.key, keep, body],
    queryFn: ({ signal }) =>
      ask<Merged>("POST", `/records/${object.key}/${keep}/merge/preview`, { body, signal }),
    enabled: keep !== undefined && others.length > 0,
    retry: false,
  })
  const refresh = () => client.invalidateQueries({ queryKey: ["records"] })
  const merge = useMutation({
    mutationFn: () => ask<Merged>("POST", `/records/${object.key}/${keep}/merge`, { body }),
    onSuccess: async (done) => {
      onClose()
      wish.merged?.()
      tell(say("merge.done", { n: those.length }), {
        undo: () =>
          void ask<Page<unknown>>("POST", `/merges/${done.merge_id}/undo`).then(refresh, tellFault),
      })
      await refresh()
    },
    onError: tellFault,
  })
  const fields = factsOf(object).filter(
    (field) => new Set(those.map((one) => JSON.stringify(one[field.key] ?? null))).size > 1,
  )
  const sides = those.map((one) => ({
    id: one.id,
    title: titleOfRecord(object, one),
    record: one,
  }))
  return (
    <Dialog
      look="wide"
      title={say("merge.title", { object: object.label })}
      onClose={onClose}
      foot={
        <>
          <span className="soft merge-hint">{say("merge.hint")}</span>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button
            look="main"
            disabled={!preview.data || merge.isPending}
            onClick={() => merge.mutate()}
          >
            {say("merge.do")}
          </Button>
        </>
      }
    >
      {found.isPending && <Bones lines={8} height={28} />}
      {(found.error ?? preview.error) && <Trouble error={found.error ?? preview.error} />}
      {those.length > 1 && (
        <div className="merge-scroll">
          <SideBySide
            label={say("merge.keep")}
            sides={sides}
            fields={fields}
            keep={keep}
            onKeep={setKeep}
            shown={shown}
            around={(side, field, value) => (
              <label>
                <input
                  type="radio"
                  name={field.key}
                  aria-label={`${field.label} ${side.title}`}
                  disabled={(side.record?.[field.key] ?? null) === null || !field.update}
                  checked={choose[field.key] === side.id}
                  onChange={() => setChoose({ ...choose, [field.key]: side.id })}
                />{" "}
                {value}
              </label>
            )}
            result={{
              label: say("merge.result"),
              of: (field) => shown(field, preview.data?.record[field.key]),
            }}
          />
        </div>
      )}
    </Dialog>
  )
}

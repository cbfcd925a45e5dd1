import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../data/client"
import { type Page, people, records } from "../../data/recipes"
import { Shown } from "../../fields/show"
import { quoted } from "../../kernel/expression/write"
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
  const where = `id in [${wish.ids.map(quoted).join(", ")}]`
  const found = useQuery(records.page(object.key, { where, limit: wish.ids.length }))
  const { data: everybody } = useQuery(people())
  const [chosenKeep, setKeep] = useState<string>()
  const [choose, setChoose] = useState<Record<string, string>>({})
  const those = found.data?.items ?? []
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
  const nameOf = (id: string) => everybody?.find((one) => one.id === id)?.name
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
          <table className="merge">
            <thead>
              <tr>
                <th scope="col">{say("merge.keep")}</th>
                {those.map((one) => (
                  <th key={one.id} scope="col">
                    <label>
                      <input
                        type="radio"
                        name="keep"
                        checked={one.id === keep}
                        onChange={() => setKeep(one.id)}
                      />{" "}
                      {titleOfRecord(object, one)}
                    </label>
                  </th>
                ))}
                <th scope="col">{say("merge.result")}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.key}>
                  <th scope="row">{field.label}</th>
                  {those.map((one) => {
                    const value = one[field.key]
                    const empty = value === null || value === undefined
                    return (
                      <td key={one.id}>
                        <label>
                          <input
                            type="radio"
                            name={field.key}
                            aria-label={`${field.label} ${titleOfRecord(object, one)}`}
                            disabled={empty || !field.update}
                            checked={choose[field.key] === one.id}
                            onChange={() => setChoose({ ...choose, [field.key]: one.id })}
                          />{" "}
                          <Shown
                            field={field}
                            value={value}
                            name={typeof value === "string" ? nameOf(value) : undefined}
                            nameOf={nameOf}
                          />
                        </label>
                      </td>
                    )
                  })}
                  <td className="merge-result">
                    <Shown
                      field={field}
                      value={preview.data?.record[field.key]}
                      name={nameOf(String(preview.data?.record[field.key]))}
                      nameOf={nameOf}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  )
}

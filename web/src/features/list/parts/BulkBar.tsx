import { Download, GitMerge, PencilLine, Trash2, UserRoundPen, X } from "lucide-react"
import { useState } from "react"
import { quoted } from "../../../kernel/expression/write"
import { type FieldMeta, fieldOf, type Value } from "../../../kernel/meta"
import { Button, IconButton } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useMerging } from "../../../ui/merging"
import { Sure } from "../../../ui/sure"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { useExport } from "../exporting"
import { useMany } from "../many"
import type { Picking } from "../picking"
import type { ListState } from "../state"
import type { useWriting } from "../writing"
import { Assign } from "./Assign"
import { BulkEdit } from "./BulkEdit"

/** As many as one question brings with what they hold; more are changed and undone by the server. */
const FEW = 1000

interface Props {
  state: ListState
  picking: Picking
  writing: ReturnType<typeof useWriting>
}

/** What waits for a yes, because it is done to more than one sees. */
type Asked = { deed: "drop" } | { deed: "change"; field: FieldMeta; value: Value; add: boolean }

/** What can be done to all records that are picked. */
export function BulkBar({ state, picking, writing }: Props) {
  const say = useWords()
  const merging = useMerging()
  const { object } = state
  const { ids, all, offer, clear } = picking
  const exporting = useExport()
  const many = useMany(state, picking)
  const [busy, setBusy] = useState(false)
  const [giving, setGiving] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const n = picking.size.toLocaleString()
  const title = say(all === undefined ? "bulk.title" : "bulk.all", { n })

  function change(field: FieldMeta, value: Value, add: boolean) {
    if (all !== undefined) return setAsked({ deed: "change", field, value, add })
    void many.change(field, value, add).catch(tellFault)
  }
  async function drop() {
    if (all !== undefined) return setAsked({ deed: "drop" })
    setBusy(true)
    await many.drop().catch(tellFault)
    setBusy(false)
  }

  return (
    <div className="bulk" role="toolbar" aria-label={title}>
      <strong>{title}</strong>
      {offer && (
        <Button small look="quiet" className="bulk-take" onClick={offer.take}>
          {say("bulk.take", { n: offer.count.toLocaleString() })}
        </Button>
      )}
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
              clear()
            }}
            onEvery={all === undefined && ids.length <= FEW ? undefined : change}
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
          onClick={() =>
            exporting.run(
              state,
              all === undefined ? `id in [${ids.map(quoted).join(", ")}]` : undefined,
            )
          }
        >
          {say("do.export")}
        </Button>
      )}
      {object.may.merge && all === undefined && ids.length > 1 && ids.length <= 10 && (
        <Button
          small
          icon={<GitMerge size={14} />}
          onClick={() => merging.open({ object: object.key, ids, merged: clear })}
        >
          {say("merge.do")}
        </Button>
      )}
      {object.may.delete && (
        <Button
          small
          look="danger"
          icon={<Trash2 size={14} />}
          disabled={busy}
          onClick={() => void drop()}
        >
          {say("do.delete")}
        </Button>
      )}
      <IconButton label={say("do.cancel")} onClick={clear}>
        <X size={16} />
      </IconButton>
      {giving && (
        <Assign state={state} picking={picking} onDone={clear} onClose={() => setGiving(false)} />
      )}
      {asked && (
        <Sure
          title={
            asked.deed === "drop"
              ? say("bulk.sure.drop", { n, object: object.label })
              : say("bulk.sure.change", { n, object: object.label, field: asked.field.label })
          }
          label={say(asked.deed === "drop" ? "do.delete" : "bulk.do", { n })}
          run={() =>
            asked.deed === "drop" ? many.drop() : many.change(asked.field, asked.value, asked.add)
          }
          onClose={() => setAsked(undefined)}
        >
          {say("bulk.sure.says", { n })}
        </Sure>
      )}
    </div>
  )
}

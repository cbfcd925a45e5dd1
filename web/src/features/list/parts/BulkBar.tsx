import {
  ArchiveRestore,
  Download,
  GitMerge,
  PencilLine,
  Trash2,
  UserRoundPen,
  X,
} from "lucide-react"
import { useState } from "react"
import { quoted } from "../../../kernel/expression/write"
import { type FieldMeta, fieldOf, type Value } from "../../../kernel/meta"
import { Button, IconButton } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useMerging } from "../../../ui/merging"
import { Sure } from "../../../ui/sure"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { useExport } from "../exporting"
import { useMany } from "../many"
import type { Picking } from "../picking"
import type { ListState } from "../state"
import { Assign } from "./Assign"
import { BulkEdit } from "./BulkEdit"

interface Props {
  state: ListState
  picking: Picking
}

/** As many are compared side by side; whole heaps of duplicates have a page of their own. */
const MERGED = 10

/** What waits for a yes, because it is done to more than one sees. */
type Asked =
  | { deed: "drop" }
  | { deed: "bring" }
  | { deed: "change"; field: FieldMeta; value: Value; add: boolean }

/** What can be done to all records that are picked. */
export function BulkBar({ state, picking }: Props) {
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

  async function once(deed: Promise<void>) {
    setBusy(true)
    await deed.catch(tellFault)
    setBusy(false)
  }
  function change(field: FieldMeta, value: Value, add: boolean) {
    if (all !== undefined) return setAsked({ deed: "change", field, value, add })
    void once(many.change(field, value, add))
  }
  function drop() {
    if (all !== undefined) return setAsked({ deed: "drop" })
    void once(many.drop())
  }

  function bring() {
    if (all !== undefined) return setAsked({ deed: "bring" })
    void once(many.bring())
  }

  function merge() {
    if (picking.size > MERGED) return tell(say("merge.most", { n: String(MERGED) }))
    merging.open({ object: object.key, ids, merged: clear })
  }

  function question(one: Asked) {
    const facts = { n, object: object.label }
    switch (one.deed) {
      case "drop":
        return { title: say("bulk.sure.drop", facts), label: say("do.delete"), run: many.drop }
      case "bring":
        return { title: say("bulk.sure.bring", facts), label: say("bin.bring"), run: many.bring }
      case "change": {
        const { field, value, add } = one
        const title = say("bulk.sure.change", { ...facts, field: field.label })
        const run = () => many.change(field, value, add)
        return { title, label: say("bulk.do", { n }), run }
      }
    }
  }

  return (
    <div className="bulk" role="toolbar" aria-label={title}>
      <strong>{title}</strong>
      {offer && (
        <Button small look="quiet" className="bulk-take" onClick={offer.take}>
          {say("bulk.take", { n: offer.count.toLocaleString() })}
        </Button>
      )}
      {state.bin && (
        <Button small icon={<ArchiveRestore size={14} />} disabled={busy} onClick={bring}>
          {say("bin.bring")}
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
          <BulkEdit object={object} onChange={change} />
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
      {object.may.merge && picking.size > 1 && (
        <Button small icon={<GitMerge size={14} />} onClick={merge}>
          {say("merge.do")}
        </Button>
      )}
      {object.may.delete && (
        <Button small look="danger" icon={<Trash2 size={14} />} disabled={busy} onClick={drop}>
          {say("do.delete")}
        </Button>
      )}
      <IconButton label={say("do.cancel")} onClick={clear}>
        <X size={16} />
      </IconButton>
      {giving && <Assign state={state} picking={picking} onClose={() => setGiving(false)} />}
      {asked && (
        <Sure {...question(asked)} onClose={() => setAsked(undefined)}>
          {say("bulk.sure.says", { n })}
        </Sure>
      )}
    </div>
  )
}

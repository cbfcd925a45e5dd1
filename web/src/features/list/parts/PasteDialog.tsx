import { Shown } from "../../../fields/show"
import { fieldOf, titleOfRecord } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Dialog } from "../../../ui/dialog"
import { useWords } from "../../../ui/words"
import type { PastePlan } from "../pasting"
import type { ListState } from "../state"

interface Props {
  state: ListState
  plan: PastePlan
  onApply: () => void
  onClose: () => void
}

const SHOWN = 100

/** What a paste would change, before it does. */
export function PasteDialog({ state, plan, onApply, onClose }: Props) {
  const say = useWords()
  const { object } = state
  const records = new Set(plan.changes.map((one) => one.id)).size
  const titled = (id: string) => {
    const record = plan.records.find((one) => one.id === id)
    return record ? titleOfRecord(object, record) : ""
  }
  return (
    <Dialog
      title={say("paste.title")}
      onClose={onClose}
      foot={
        <>
          <span className="soft paste-says">
            {say("paste.says", { cells: plan.changes.length, records })}
          </span>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look="main" disabled={plan.changes.length === 0} onClick={onApply}>
            {say("paste.do")}
          </Button>
        </>
      }
    >
      {plan.closed > 0 && <p className="soft">{say("paste.closed", { n: plan.closed })}</p>}
      {plan.wrong.length > 0 && (
        <ul className="paste-wrong" aria-label={say("paste.wrong")}>
          {plan.wrong.slice(0, SHOWN).map((one) => (
            <li key={`${one.record.id} ${one.field.key}`}>
              {titleOfRecord(object, one.record)} · {one.field.label}:{" "}
              {say("paste.unknown", { text: one.text })}
            </li>
          ))}
        </ul>
      )}
      <table className="paste-table">
        <tbody>
          {plan.changes.slice(0, SHOWN).map((one) => {
            const field = fieldOf(object, one.field)
            return (
              field && (
                <tr key={`${one.id} ${one.field}`}>
                  <th scope="row">{titled(one.id)}</th>
                  <td className="soft">{field.label}</td>
                  <td>
                    <Shown field={field} value={one.old} name={one.oldName} />
                  </td>
                  <td>
                    <span className="faint">→ </span>
                    <Shown field={field} value={one.next} name={one.nextName} />
                  </td>
                </tr>
              )
            )
          })}
        </tbody>
      </table>
      {plan.changes.length > SHOWN && (
        <p className="faint">{say("paste.more", { n: plan.changes.length - SHOWN })}</p>
      )}
    </Dialog>
  )
}

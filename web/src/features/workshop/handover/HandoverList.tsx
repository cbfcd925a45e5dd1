import { useInfiniteQuery } from "@tanstack/react-query"
import { useLanguage } from "../../../data/preferences"
import { moment } from "../../../kernel/format"
import { PersonTag } from "../../../ui/chip"
import { Dialog } from "../../../ui/dialog"
import { More } from "../../../ui/more"
import "../../../ui/lines.css"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { handovers } from "./api"
import "./handover.css"
import { Progress } from "./Progress"

/** What was handed over, and what can still be taken back. */
export function HandoverList({ open, onOpen }: { open?: string; onOpen: (id?: string) => void }) {
  const say = useWords()
  const language = useLanguage()
  const found = useInfiniteQuery(handovers.pages())
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  const current = items.find((one) => one.id === open)
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (found.isPending)
    return (
      <div style={{ padding: 20 }}>
        <Bones lines={6} gap={20} />
      </div>
    )
  return (
    <div className="people-body">
      {items.length === 0 ? (
        <Empty title={say("handover.none")} hint={say("handover.none.hint")} />
      ) : (
        <table className="lines lines-stack">
          <thead>
            <tr>
              <th scope="col">{say("handover.person")}</th>
              <th scope="col">{say("people.state")}</th>
              <th scope="col">{say("handover.actor")}</th>
              <th scope="col">{say("handover.when")}</th>
              <th scope="col">{say("handover.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <button type="button" className="lines-open" onClick={() => onOpen(one.id)}>
                    <PersonTag name={one.person.name} />
                  </button>
                </th>
                <td>{say(`handover.state.${one.state}`)}</td>
                <td>{one.actor?.name}</td>
                <td>{moment(one.created_at, language, new Date())}</td>
                <td>{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More of={found} />
      {open && (
        <Dialog
          title={say("handover.title", { name: current?.person.name ?? "" })}
          onClose={() => onOpen()}
        >
          <div className="people-form">
            <Progress id={open} />
          </div>
        </Dialog>
      )}
    </div>
  )
}

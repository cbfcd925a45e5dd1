import { CheckCheck, ListChecks, X } from "lucide-react"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { Picking } from "../picking"
import type { ListState } from "../state"
import { BulkBar } from "./BulkBar"
import { Count } from "./Count"

interface Props {
  state: ListState
  picking: Picking
  choosing: boolean
  onChoosing: (on: boolean) => void
  /** Nothing to pick at once: the lines lie in groups, and were not all read. */
  apart?: boolean
}

/** How many records there are, and the way to pick some of them by touch. */
export function CardsHead({ state, picking, choosing, onChoosing, apart }: Props) {
  const say = useWords()
  const { may } = state.object
  const useful = may.update || may.delete || may.transfer || may.export
  function leave() {
    picking.clear()
    onChoosing(false)
  }
  return (
    <div className="cards-head">
      <Count state={state} />
      {choosing && !apart && !picking.whole && (
        <Button look="quiet" icon={<CheckCheck size={16} />} onClick={() => picking.turnAll(true)}>
          {say("list.pick.read")}
        </Button>
      )}
      {useful && !state.bin && (
        <Button
          look="quiet"
          icon={choosing ? <X size={16} /> : <ListChecks size={16} />}
          onClick={() => (choosing ? leave() : onChoosing(true))}
        >
          {say(choosing ? "list.pick.over" : "list.pick")}
        </Button>
      )}
      {picking.size > 0 && <BulkBar state={state} picking={{ ...picking, clear: leave }} />}
    </div>
  )
}

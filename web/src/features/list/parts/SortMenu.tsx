import { ArrowDown, ArrowUp, X } from "lucide-react"
import { fieldOf } from "../../../kernel/meta"
import { listable } from "../../../kernel/shape"
import { Button, IconButton } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import { type ListState, type Ordering, orderings, orderText } from "../state"

/** By which fields a list is ordered, the first one first. */
export function SortMenu({ state }: { state: ListState }) {
  const say = useWords()
  const order = orderings(state.order)
  const set = (next: Ordering[]) => state.set({ order: orderText(next) })
  const free = state.object.fields.filter(
    (one) => one.ordered && listable(one) && !order.some((here) => here.key === one.key),
  )
  return (
    <div className="sort">
      {order.map((one, at) => (
        <div key={one.key} className="sort-row">
          <span className="clip">{fieldOf(state.object, one.key)?.label ?? one.key}</span>
          <Button
            small
            icon={one.down ? <ArrowDown size={13} /> : <ArrowUp size={13} />}
            onClick={() =>
              set(order.map((each, place) => (place === at ? { ...each, down: !each.down } : each)))
            }
          >
            {say(one.down ? "sort.down" : "sort.up")}
          </Button>
          <IconButton
            label={say("filter.drop")}
            onClick={() => set(order.filter((_, place) => place !== at))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <select
        className="input"
        aria-label={say("sort.add")}
        value=""
        onChange={(event) => set([...order, { key: event.target.value, down: false }])}
      >
        <option value="">{say("sort.add")}</option>
        {free.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  )
}

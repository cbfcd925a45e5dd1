import { useQuery } from "@tanstack/react-query"
import { records } from "../../../data/recipes"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"

/** How many there are; counted beside the list, so that no list waits for it. */
export function Count({ state }: { state: ListState }) {
  const say = useWords()
  const { view, where, search, deleted } = state.query
  const { data } = useQuery(records.count(state.object.key, { view, where, search, deleted }))
  if (!data) return <span className="faint">…</span>
  const n = data.value.toLocaleString()
  return <span>{say(data.exact ? "list.count" : "list.count.over", { n })}</span>
}

import { Button } from "../../../ui/button"
import { useEntry } from "../../../ui/entry"
import { Empty } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"

/** A list in which nothing is: because nothing fits, or because nothing is there yet. */
export function Nothing({ state }: { state: ListState }) {
  const say = useWords()
  const entry = useEntry()
  const { object, search } = state
  const facts = { object: object.plural }
  if (state.bin && !search.where && !search.q && !search.whose)
    return <Empty title={say("bin.empty")} hint={say("bin.empty.hint", facts)} />
  if (search.where || search.q || search.view || search.whose)
    return (
      <Empty title={say("list.none", facts)} hint={say("list.none.hint")}>
        <Button
          onClick={() =>
            state.set({ where: undefined, q: undefined, view: undefined, whose: undefined })
          }
        >
          {say("list.clear")}
        </Button>
      </Empty>
    )
  return (
    <Empty title={say("list.empty", facts)} hint={say("list.empty.hint")}>
      {object.may.create && (
        <Button look="main" onClick={() => entry.open({ object: object.key })}>
          {say("do.new.of", { object: object.label })}
        </Button>
      )}
    </Empty>
  )
}

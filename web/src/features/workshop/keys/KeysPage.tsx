import { Keys } from "../../../fields/keys"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"

/** Everybody's keys, for those who keep people. */
export function KeysPage() {
  const say = useWords()
  return (
    <>
      <Top title={say("keys.title")} />
      <Keys everybody />
    </>
  )
}

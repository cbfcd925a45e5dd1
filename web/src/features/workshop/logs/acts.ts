/** Acts, outcomes and kinds of changes as people say them. */

import type { Word } from "../../../kernel/words/zh"
import { acts } from "../../../kernel/words/zh/acts"
import { useOutcome } from "../../../ui/account/outcome"
import { useWords } from "../../../ui/words"

const PREFIX = "act.of."

/** The acts that can be asked for. */
export const ACTS: readonly string[] = Object.keys(acts)
  .map((one) => one.slice(PREFIX.length))
  .filter((one) => !one.startsWith("change."))

/** What can become of a sign-in. */
export const OUTCOMES = ["signed_in", "wrong", "locked", "second_factor", "signed_out", "revoked"]

/** Gives the words for an act or an outcome; what is new and has none is shown as it is. */
export function useActs(): (act: string) => string {
  const say = useWords()
  const outcome = useOutcome()
  return (act) => {
    const word = `${PREFIX}${act}`
    if (word in acts) return say(word as Word)
    return outcome(act).replace(/^change\./, "")
  }
}

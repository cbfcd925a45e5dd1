import type { Word } from "../../kernel/words/zh"
import { useWords } from "../words"

const OUTCOMES: Record<string, Word> = {
  signed_in: "account.outcome.signed_in",
  signed_out: "account.outcome.signed_out",
  wrong: "account.outcome.wrong",
  locked: "account.outcome.locked",
  revoked: "account.outcome.revoked",
  second_factor: "account.outcome.second_factor",
  opened: "account.outcome.opened",
}

/** What became of a try to sign in, as people say it. */
export function useOutcome(): (outcome: string) => string {
  const say = useWords()
  return (outcome) => {
    const word = OUTCOMES[outcome]
    return word ? say(word) : outcome
  }
}

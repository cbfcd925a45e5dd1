import { useInfiniteQuery } from "@tanstack/react-query"
import { account } from "../../../data/account"
import { useLanguage } from "../../../data/preferences"
import { moment } from "../../../kernel/format"
import { useOutcome } from "../../../ui/account/outcome"
import { useWay } from "../../../ui/account/Sessions"
import { More } from "../../../ui/more"
import "../../../ui/lines.css"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"

/** When and from where one signed in, or somebody tried to. */
export function SignIns() {
  const say = useWords()
  const language = useLanguage()
  const way = useWay()
  const outcome = useOutcome()
  const found = useInfiniteQuery(account.signIns())
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  return (
    <section className="me-part">
      <h2>{say("me.sign_ins")}</h2>
      {found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Bones lines={4} />
      ) : (
        <ul className="rows">
          {items.map((one) => (
            <li key={one.seq} className="rows-row">
              <span>
                {outcome(one.outcome)}
                <small>
                  {way(one.way)} · {one.ip} · {one.agent.slice(0, 60)}
                </small>
              </span>
              <span className="soft">{moment(one.at, language, new Date())}</span>
            </li>
          ))}
        </ul>
      )}
      <More of={found} />
    </section>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { account, type Whose } from "../../data/account"
import { ask } from "../../data/client"
import { useLanguage } from "../../data/preferences"
import { moment } from "../../kernel/format"
import type { Word } from "../../kernel/words/zh"
import { Button } from "../button"
import { Chip } from "../chip"
import { DeedFault, useDeed } from "../deed"
import { Bones, Trouble } from "../states"
import { useWords } from "../words"
import "./account.css"

const WAYS: Record<string, Word> = {
  password: "account.way.password",
  totp: "account.way.totp",
  recovery: "account.way.recovery",
  passkey: "account.way.passkey",
  oidc: "account.way.oidc",
}

/** How somebody signed in, as people say it. */
export function useWay(): (way: string) => string {
  const say = useWords()
  return (way) => {
    const word = WAYS[way]
    return word ? say(word) : way
  }
}

/** The open sessions of somebody; each can be ended, and all others at once. */
export function Sessions({ whose }: { whose: Whose }) {
  const say = useWords()
  const language = useLanguage()
  const way = useWay()
  const client = useQueryClient()
  const found = useQuery(account.sessions(whose))
  const deed = useDeed(async (session?: string) => {
    if (whose && session) await ask("DELETE", `/users/${whose}/sessions/${session}`)
    else if (whose) await ask("DELETE", `/users/${whose}/sessions`)
    else if (session) await ask("DELETE", `/me/sessions/${session}`)
    else await ask("DELETE", "/me/sessions")
    await client.invalidateQueries(account.sessions(whose))
  })
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Bones lines={3} gap={16} />
  const others = found.data.filter((one) => !one.current)
  return (
    <div className="stack">
      <DeedFault fault={deed.fault} />
      {found.data.length === 0 && <p className="soft">{say("account.sessions.none")}</p>}
      <ul className="rows">
        {found.data.map((one) => (
          <li key={one.id} className="rows-row">
            <span>
              {one.device || say("account.device.unknown")}
              {one.current && <Chip word={say("account.session.current")} color="teal" />}
              <small>
                {way(one.way)} · {one.seen_ip} ·{" "}
                {say("account.session.seen", { when: moment(one.seen_at, language, new Date()) })}
              </small>
            </span>
            {!one.current && (
              <Button small disabled={deed.busy} onClick={() => void deed.run(one.id)}>
                {say("account.session.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <div className="stack-actions">
          <Button look="danger" disabled={deed.busy} onClick={() => void deed.run()}>
            {say(whose ? "account.sessions.end" : "account.sessions.end.others")}
          </Button>
        </div>
      )}
    </div>
  )
}

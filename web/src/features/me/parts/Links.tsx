import { useQuery, useQueryClient } from "@tanstack/react-query"
import { account } from "../../../data/account"
import { ask } from "../../../data/client"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { useWords } from "../../../ui/words"

/** Identity providers that stand for oneself. */
export function Links() {
  const say = useWords()
  const client = useQueryClient()
  const ways = useQuery(account.methods())
  const linked = useQuery(account.links())
  const deed = useDeed(async (key: string, known: boolean) => {
    if (known) {
      await ask("DELETE", `/me/providers/${key}`)
      await client.invalidateQueries({ queryKey: account.links().queryKey })
      return
    }
    const told = await ask<{ url: string }>("POST", `/me/providers/${key}`, {
      query: { next: "/me?tab=security" },
    })
    location.assign(told.url)
  })
  const providers = ways.data?.providers ?? []
  const known = new Set(linked.data?.map((one) => one.provider))
  const gone = [...known].filter((key) => !providers.some((one) => one.key === key))
  const shown = [...providers, ...gone.map((key) => ({ key, label: key }))]
  if (shown.length === 0) return null
  return (
    <section className="me-part">
      <h2>{say("account.links")}</h2>
      <DeedFault fault={deed.fault} />
      <ul className="rows">
        {shown.map((one) => (
          <li key={one.key} className="rows-row">
            <span>
              {one.label}
              <small>{say(known.has(one.key) ? "account.link.there" : "account.link.none")}</small>
            </span>
            <Button
              small
              look={known.has(one.key) ? "danger" : "plain"}
              disabled={deed.busy}
              onClick={() => void deed.run(one.key, known.has(one.key))}
            >
              {say(known.has(one.key) ? "account.link.drop" : "account.link.add")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"
import { type ApiKey, account } from "../data/account"
import { ask } from "../data/client"
import { users } from "../data/people"
import { useLanguage } from "../data/preferences"
import { moment } from "../kernel/format"
import { Button } from "../ui/button"
import { Chip, PersonTag } from "../ui/chip"
import { More } from "../ui/more"
import "../ui/lines.css"
import { Bones, Empty, Trouble } from "../ui/states"
import { Sure } from "../ui/sure"
import { tell } from "../ui/toast"
import { useWords } from "../ui/words"
import "../ui/account/account.css"
import { NewKey } from "./new_key"

/** Keys of programs: whose they are, what they may do, when they end. */
export function Keys({ everybody }: { everybody: boolean }) {
  const say = useWords()
  const client = useQueryClient()
  const found = useInfiniteQuery(account.keys())
  const people = useQuery({ ...users.many({}), enabled: everybody })
  const [making, setMaking] = useState(false)
  const [dropping, setDropping] = useState<ApiKey>()
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  return (
    <div className="keys">
      <div className="keys-bar">
        <p className="soft">{say("keys.note")}</p>
        <Button look="main" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
          {say("keys.new")}
        </Button>
      </div>
      {found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Bones lines={4} gap={20} />
      ) : items.length === 0 ? (
        <Empty title={say("keys.none")} hint={say("keys.none.hint")} />
      ) : (
        <Lines
          items={items}
          owner={
            everybody ? (id) => people.data?.find((one) => one.id === id)?.label ?? "…" : undefined
          }
          onDrop={setDropping}
        />
      )}
      <More of={found} />
      {making && <NewKey onClose={() => setMaking(false)} />}
      {dropping && (
        <Sure
          title={say("keys.revoke")}
          label={say("keys.revoke")}
          run={async () => {
            await ask("DELETE", `/api-keys/${dropping.id}`)
            await client.invalidateQueries({ queryKey: account.keys().queryKey })
            tell(say("keys.revoked", { name: dropping.name }))
          }}
          onClose={() => setDropping(undefined)}
        >
          {say("keys.revoke.sure", { name: dropping.name })}
        </Sure>
      )}
    </div>
  )
}

function Lines({
  items,
  owner,
  onDrop,
}: {
  items: readonly ApiKey[]
  owner?: (id: string) => string
  onDrop: (key: ApiKey) => void
}) {
  const say = useWords()
  const language = useLanguage()
  const when = (text: string | null) => text && moment(text, language, new Date())
  return (
    <div className="lines-box">
      <table className="lines lines-stack">
        <thead>
          <tr>
            <th scope="col">{say("keys.name")}</th>
            {owner && <th scope="col">{say("keys.owner")}</th>}
            <th scope="col">{say("keys.scopes")}</th>
            <th scope="col">{say("keys.expires")}</th>
            <th scope="col">{say("keys.used")}</th>
            <th scope="col">
              <span className="unseen">{say("keys.revoke")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.name} <code className="soft">{one.prefix}…</code>
              </th>
              {owner && (
                <td>
                  <PersonTag name={owner(one.user)} />
                </td>
              )}
              <td>
                <span className="chips">
                  {one.scopes === null ? (
                    <Chip word={say("keys.scopes.all")} color="amber" />
                  ) : (
                    one.scopes.map((scope) => <Chip key={scope} word={scope} color="grey" />)
                  )}
                </span>
              </td>
              <td data-label={say("keys.expires")}>
                {one.expires_at ? one.expires_at.slice(0, 10) : say("keys.never.ends")}
              </td>
              <td data-label={say("keys.used")} className="soft">
                {when(one.used_at) ?? say("keys.never.used")}
              </td>
              <td>
                <Button
                  small
                  look="danger"
                  aria-label={`${say("keys.revoke")} ${one.name}`}
                  onClick={() => onDrop(one)}
                >
                  {say("keys.revoke")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

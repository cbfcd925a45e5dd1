import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import type { User } from "../../../data/people"
import { catalog, type Page } from "../../../data/recipes"
import { Button } from "../../../ui/button"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { NewGrant } from "./NewGrant"

interface Personal {
  object: string
  grant: Record<string, unknown>
  reason: string
  until: string | null
}

const grants = (user: string) =>
  queryOptions({
    queryKey: ["users", "grants", user],
    queryFn: async ({ signal }) =>
      (await ask<Page<Personal>>("GET", `/users/${user}/grants`, { signal })).items,
  })

/** What is granted to somebody alone, on top of the roles. */
export function Grants({ user }: { user: User }) {
  const say = useWords()
  const client = useQueryClient()
  const { data } = useQuery(grants(user.id))
  const { data: known } = useQuery(catalog())
  const [granting, setGranting] = useState(false)
  async function drop(object: string) {
    try {
      await ask("DELETE", `/users/${user.id}/grants/${object}`)
      await client.invalidateQueries(grants(user.id))
      tell(say("people.grants.dropped"))
    } catch (error) {
      tellFault(error)
    }
  }
  return (
    <section className="people-part">
      <p className="soft">{say("people.grants.hint")}</p>
      {data?.length === 0 && <p className="soft">{say("people.grants.none")}</p>}
      <ul className="people-rows">
        {data?.map((one) => (
          <li key={one.object} className="people-row">
            <span>
              {known?.object(one.object)?.label ?? one.object}
              <small>
                {one.until
                  ? say("people.grants.until", { day: one.until.slice(0, 10) })
                  : say("people.grants.forever")}
                {one.reason && ` · ${one.reason}`}
              </small>
            </span>
            <Button small look="danger" onClick={() => void drop(one.object)}>
              {say("people.grants.drop")}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={() => setGranting(true)}>{say("people.grants.add")}</Button>
      </div>
      {granting && <NewGrant user={user} onClose={() => setGranting(false)} />}
    </section>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { account } from "../../../data/account"
import { ask } from "../../../data/client"
import { peopleChanged, type User } from "../../../data/people"
import { me } from "../../../data/recipes"
import { Sessions } from "../../../ui/account/Sessions"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Tick } from "../../../ui/labelled"
import { Sure } from "../../../ui/sure"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { PasswordField } from "./NewUser"

/** How somebody signs in: password, second factor, open sessions. */
export function SignInPart({ user }: { user: User }) {
  const say = useWords()
  const { data: who } = useQuery(me())
  const own = who?.user.id === user.id
  return (
    <>
      {!own && <Password user={user} />}
      <Factor user={user} own={own} />
      <section className="people-part">
        <h3>{say("account.sessions")}</h3>
        <Sessions whose={user.id} />
      </section>
    </>
  )
}

function Password({ user }: { user: User }) {
  const say = useWords()
  const client = useQueryClient()
  const [password, setPassword] = useState("")
  const [must, setMust] = useState(true)
  const deed = useDeed(async () => {
    await ask("PATCH", `/users/${user.id}`, { body: { password, must_change: must } })
    setPassword("")
    await Promise.all([peopleChanged(client), client.invalidateQueries(account.sessions(user.id))])
    tell(say("people.password.done", { name: user.name }))
  })
  return (
    <form
      className="people-part"
      onSubmit={(event) => {
        event.preventDefault()
        void deed.run()
      }}
    >
      <DeedFault fault={deed.fault} said={["password"]} />
      <PasswordField
        label={say("people.password.new")}
        hint=""
        value={password}
        wrong={deed.wrong("password")}
        onChange={setPassword}
      />
      {password && (
        <div className="chips">
          <Tick label={say("people.password.must")} checked={must} onChange={setMust} />
          <Button look="main" type="submit" disabled={deed.busy}>
            {say("people.password.set")}
          </Button>
        </div>
      )}
    </form>
  )
}

function Factor({ user, own }: { user: User; own: boolean }) {
  const say = useWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(account.factors(user.id))
  if (!data) return null
  const lines = [
    data.totp && say("people.factor.totp", { day: data.totp.since.slice(0, 10) }),
    data.passkeys > 0 && say("people.factor.passkeys", { n: data.passkeys }),
    data.recovery_codes > 0 && say("people.factor.codes", { n: data.recovery_codes }),
  ].filter((one) => !!one)
  return (
    <section className="people-part">
      <h3>{say("people.factor")}</h3>
      <div className="people-row">
        <span>
          {lines.length > 0 ? lines.join(" · ") : say("people.factor.none")}
          {data.demanded && <small>{say("people.factor.demanded")}</small>}
        </span>
        {lines.length > 0 && !own && (
          <Button small look="danger" onClick={() => setAsking(true)}>
            {say("people.factor.reset")}
          </Button>
        )}
      </div>
      {asking && (
        <Sure
          title={say("people.factor.reset")}
          label={say("people.factor.reset")}
          run={async () => {
            await ask("DELETE", `/users/${user.id}/second-factor`)
            await client.invalidateQueries({ queryKey: account.factors(user.id).queryKey })
            await client.invalidateQueries({ queryKey: account.sessions(user.id).queryKey })
            tell(say("people.factor.reset.done"))
          }}
          onClose={() => setAsking(false)}
        >
          {say("people.factor.reset.hint")}
        </Sure>
      )}
    </section>
  )
}

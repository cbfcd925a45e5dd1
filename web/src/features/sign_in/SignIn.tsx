import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { KeyRound, LogIn } from "lucide-react"
import { useState } from "react"
import { account } from "../../data/account"
import { ask } from "../../data/client"
import { Fault } from "../../data/fault"
import { me } from "../../data/recipes"
import { passkeysHere, showPasskey } from "../../ui/account/webauthn"
import { Button } from "../../ui/button"
import { LanguageChoice, ThemeChoice } from "../../ui/choices"
import { useWords } from "../../ui/words"
import { CodeStep } from "./CodeStep"
import { FirstSteps } from "./FirstSteps"
import { PasswordStep } from "./PasswordStep"
import "./sign_in.css"

/** How far somebody is: the password, the code that goes with it, what has to be done first. */
type Step =
  | { at: "password" }
  | { at: "code"; login: string; password: string; passkey: boolean }
  | { at: "second" }
  | { at: "first"; first: string; password?: string }

interface SignedIn {
  first?: string
}

/** Where people show who they are. */
export function SignIn() {
  const say = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const search = useSearch({ from: "/sign-in" })
  const ways = useQuery(account.methods())
  // Not asked for here: it is known only of somebody who was sent here from inside.
  const known = useQuery({ ...me(), enabled: false })
  const [step, setStep] = useState<Step>({ at: search.needed ? "second" : "password" })
  const [says, setSays] = useState(
    search.problem ? say("sign.problem", { word: search.problem }) : "",
  )
  const [busy, setBusy] = useState(false)
  // Whoever is inside already, but has something to do before anything else, is asked for that.
  const shown: Step =
    step.at === "password" && known.data?.first ? { at: "first", first: known.data.first } : step

  async function inside(told: SignedIn, password?: string) {
    if (told.first) {
      setStep({ at: "first", first: told.first, password })
      return
    }
    client.clear()
    await navigate({ to: search.to ?? search.next ?? "/desk" })
  }
  async function attempt(run: () => Promise<void>) {
    setBusy(true)
    setSays("")
    try {
      await run()
    } catch (error) {
      setSays(
        error instanceof Fault && error.status === 429
          ? say("sign.wait", { seconds: error.retryAfter })
          : error instanceof Fault
            ? error.says
            : say("sign.cancelled"),
      )
    } finally {
      setBusy(false)
    }
  }
  const byPassword = (login: string, password: string, totp?: string) =>
    attempt(async () => {
      try {
        const body = { login, password, ...(totp ? { totp } : {}) }
        await inside(await ask<SignedIn>("POST", "/auth/login", { body }), password)
      } catch (error) {
        const word = error instanceof Fault ? error.word : ""
        if (word !== "second_factor_needed" && word !== "passkey_needed") throw error
        setStep({ at: "code", login, password, passkey: word === "passkey_needed" })
      }
    })
  const bySecond = (totp: string) =>
    attempt(async () => {
      await inside(await ask<SignedIn>("POST", "/auth/second-factor", { body: { totp } }))
    })
  const byPasskey = () =>
    attempt(async () => {
      const begun = await ask<{ options: Parameters<typeof showPasskey>[0]; ticket: string }>(
        "POST",
        "/auth/passkey/begin",
      )
      const credential = await showPasskey(begun.options)
      const body = { ticket: begun.ticket, credential }
      await inside(await ask<SignedIn>("POST", "/auth/passkey/finish", { body }))
    })
  const passkey = ways.data?.passkey && passkeysHere()
  const again = () => {
    setSays("")
    setStep({ at: "password" })
  }
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <img src="/loose/icon.svg" alt="" width={44} height={44} />
        <h1>{say("sign.title")}</h1>
        {shown.at === "password" && (
          <>
            <PasswordStep busy={busy} says={says} onSend={byPassword} />
            {(passkey || (ways.data?.providers.length ?? 0) > 0) && (
              <div className="sign-in-ways">
                {passkey && (
                  <Button icon={<KeyRound size={15} />} disabled={busy} onClick={byPasskey}>
                    {say("sign.passkey")}
                  </Button>
                )}
                {ways.data?.providers.map((one) => (
                  <a
                    key={one.key}
                    className="button button-plain"
                    href={`${one.url}?next=${encodeURIComponent(search.to ?? "/desk")}`}
                  >
                    <LogIn size={15} aria-hidden="true" />
                    <span className="clip">{say("sign.provider", { name: one.label })}</span>
                  </a>
                ))}
              </div>
            )}
          </>
        )}
        {(shown.at === "code" || shown.at === "second") && (
          <CodeStep
            busy={busy}
            says={says}
            onlyPasskey={shown.at === "code" && shown.passkey}
            onPasskey={passkey ? byPasskey : undefined}
            onBack={again}
            onSend={(code) =>
              shown.at === "code" ? byPassword(shown.login, shown.password, code) : bySecond(code)
            }
          />
        )}
        {shown.at === "first" && (
          <FirstSteps
            first={shown.first}
            password={shown.at === "first" ? shown.password : undefined}
            onDone={async () => {
              await client.invalidateQueries({ queryKey: me().queryKey })
              const now = await client.fetchQuery({ ...me(), staleTime: 0 })
              await inside({ first: now.first })
            }}
            onLeave={async () => {
              await ask("POST", "/auth/logout")
              client.clear()
              again()
            }}
          />
        )}
      </div>
      <footer className="sign-in-foot">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </main>
  )
}

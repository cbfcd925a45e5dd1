import { useQueryClient } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { useId, useState } from "react"
import { ask } from "../../data/client"
import { Fault } from "../../data/fault"
import { Button } from "../../ui/button"
import { LanguageChoice, ThemeChoice } from "../../ui/choices"
import { useWords } from "../../ui/words"
import "./sign_in.css"

type State = { at: "ready" } | { at: "busy" } | { at: "refused"; says: string; code: boolean }

/** Where people show who they are. */
export function SignIn() {
  const say = useWords()
  const id = useId()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { to } = useSearch({ from: "/sign-in" })
  const [state, setState] = useState<State>({ at: "ready" })
  const wantsCode = state.at === "refused" && state.code

  async function send(form: FormData) {
    setState({ at: "busy" })
    const given = Object.fromEntries([...form].filter(([, value]) => value !== ""))
    try {
      await ask("POST", "/auth/login", { body: given })
      client.clear()
      await navigate({ to: to ?? "/desk" })
    } catch (error) {
      const says =
        error instanceof Fault && error.status === 429
          ? say("sign.wait", { seconds: error.retryAfter })
          : error instanceof Fault
            ? error.says
            : String(error)
      const code =
        error instanceof Fault &&
        error.errors.some((one) => /totp|second/.test(one.path + one.code))
      setState({ at: "refused", says, code: code || wantsCode })
    }
  }

  return (
    <main className="sign-in">
      <form
        className="sign-in-box"
        onSubmit={(event) => {
          event.preventDefault()
          void send(new FormData(event.currentTarget))
        }}
      >
        <img src="/loose/icon.svg" alt="" width={44} height={44} />
        <h1>{say("sign.title")}</h1>
        <label htmlFor={`${id}-login`}>{say("sign.login")}</label>
        <input
          id={`${id}-login`}
          name="login"
          className="input"
          autoComplete="username"
          required
          autoFocus
        />
        <label htmlFor={`${id}-password`}>{say("sign.password")}</label>
        <input
          id={`${id}-password`}
          name="password"
          type="password"
          className="input"
          autoComplete="current-password"
          required
        />
        {wantsCode && (
          <>
            <label htmlFor={`${id}-totp`}>{say("sign.totp")}</label>
            <input
              id={`${id}-totp`}
              name="totp"
              className="input"
              inputMode="numeric"
              autoComplete="one-time-code"
            />
          </>
        )}
        <p className="sign-in-says" role="alert">
          {state.at === "refused" ? state.says : ""}
        </p>
        <Button type="submit" look="main" disabled={state.at === "busy"}>
          {say(state.at === "busy" ? "sign.busy" : "sign.go")}
        </Button>
      </form>
      <footer className="sign-in-foot">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </main>
  )
}

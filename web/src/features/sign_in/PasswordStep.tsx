import { useId } from "react"
import { Button } from "../../ui/button"
import "../../ui/input.css"
import { useWords } from "../../ui/words"

/** The login and the password. */
export function PasswordStep({
  busy,
  says,
  onSend,
}: {
  busy: boolean
  says: string
  onSend: (login: string, password: string) => void
}) {
  const say = useWords()
  const id = useId()
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        onSend(String(form.get("login") ?? ""), String(form.get("password") ?? ""))
      }}
    >
      <label htmlFor={`${id}-login`}>{say("sign.login")}</label>
      <input
        id={`${id}-login`}
        name="login"
        className="input"
        autoComplete="username webauthn"
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
      <p className="sign-in-says" role="alert">
        {says}
      </p>
      <Button type="submit" look="main" disabled={busy}>
        {say(busy ? "sign.busy" : "sign.go")}
      </Button>
    </form>
  )
}

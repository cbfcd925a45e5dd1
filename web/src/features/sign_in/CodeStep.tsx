import { useId, useState } from "react"
import { Button } from "../../ui/button"
import "../../ui/input.css"
import { useWords } from "../../ui/words"

/** The second factor: a code of the generator, or one of those kept for when it is lost. */
export function CodeStep({
  busy,
  says,
  onlyPasskey,
  onSend,
  onPasskey,
  onBack,
}: {
  busy: boolean
  says: string
  /** Whether there is no generator: a passkey, or a recovery code. */
  onlyPasskey: boolean
  onSend: (code: string) => void
  onPasskey?: () => void
  onBack: () => void
}) {
  const say = useWords()
  const id = useId()
  const [recovery, setRecovery] = useState(onlyPasskey)
  const [code, setCode] = useState("")
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSend(code.trim())
      }}
    >
      <p className="sign-in-hint">
        {say(
          onlyPasskey ? "sign.code.passkey" : recovery ? "sign.code.recovery" : "sign.code.hint",
        )}
      </p>
      {onlyPasskey && onPasskey && (
        <Button look="main" disabled={busy} onClick={onPasskey}>
          {say("sign.passkey")}
        </Button>
      )}
      <label htmlFor={id}>{say(recovery ? "sign.recovery" : "sign.totp")}</label>
      <input
        id={id}
        key={String(recovery)}
        className="input"
        inputMode={recovery ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <p className="sign-in-says" role="alert">
        {says}
      </p>
      <Button type="submit" look="main" disabled={busy || code.trim() === ""}>
        {say(busy ? "sign.busy" : "sign.go")}
      </Button>
      <div className="sign-in-else">
        {!onlyPasskey && (
          <Button
            small
            look="quiet"
            onClick={() => {
              setCode("")
              setRecovery(!recovery)
            }}
          >
            {say(recovery ? "sign.use.totp" : "sign.use.recovery")}
          </Button>
        )}
        <Button small look="quiet" onClick={onBack}>
          {say("do.back")}
        </Button>
      </div>
    </form>
  )
}

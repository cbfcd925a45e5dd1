import { PasswordForm } from "../../ui/account/PasswordForm"
import { TotpSetup } from "../../ui/account/TotpSetup"
import { Button } from "../../ui/button"
import { useWords } from "../../ui/words"

/** What the rules want done before anything else: another password, a second factor. */
export function FirstSteps({
  first,
  password,
  onDone,
  onLeave,
}: {
  first: string
  /** The password that was typed just now. */
  password?: string
  onDone: () => void
  onLeave: () => void
}) {
  const say = useWords()
  return (
    <div className="sign-in-form">
      <p className="sign-in-hint">
        {say(first === "password" ? "sign.first.password" : "sign.first.second")}
      </p>
      {first === "password" ? (
        <PasswordForm known={password} onDone={onDone} />
      ) : (
        <TotpSetup onDone={onDone} />
      )}
      <div className="sign-in-else">
        <Button small look="quiet" onClick={onLeave}>
          {say("sign.out")}
        </Button>
      </div>
    </div>
  )
}

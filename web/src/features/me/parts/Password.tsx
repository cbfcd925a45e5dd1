import { useQueryClient } from "@tanstack/react-query"
import { account } from "../../../data/account"
import { PasswordForm } from "../../../ui/account/PasswordForm"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

/** Another password; all other sessions end. */
export function Password() {
  const say = useWords()
  const client = useQueryClient()
  return (
    <section className="me-part">
      <h2>{say("account.password")}</h2>
      <p className="soft">{say("account.password.hint")}</p>
      <PasswordForm
        onDone={() => {
          tell(say("account.password.changed"))
          void client.invalidateQueries({ queryKey: account.sessions(undefined).queryKey })
        }}
      />
    </section>
  )
}

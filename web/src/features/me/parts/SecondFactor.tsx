import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { account } from "../../../data/account"
import { ask } from "../../../data/client"
import { RecoveryCodes } from "../../../ui/account/RecoveryCodes"
import { TotpSetup } from "../../../ui/account/TotpSetup"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { Sure } from "../../../ui/sure"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

/** A generator of codes beside the password, and codes for when it is lost. */
export function SecondFactor() {
  const say = useWords()
  const client = useQueryClient()
  const found = useQuery(account.factors(undefined))
  const [doing, setDoing] = useState<"set" | "drop">()
  const [codes, setCodes] = useState<string[]>()
  const changed = () => client.invalidateQueries({ queryKey: ["account"] })
  const renew = useDeed(async () => {
    const told = await ask<{ recovery_codes: string[] }>("POST", "/me/second-factor/recovery-codes")
    setCodes(told.recovery_codes)
    await changed()
  })
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  const held = found.data
  return (
    <section className="me-part">
      <h2>{say("people.factor")}</h2>
      {!held ? (
        <Bones lines={2} />
      ) : (
        <>
          <DeedFault fault={renew.fault} />
          <ul className="rows">
            <li className="rows-row">
              <span>
                {say("account.totp")}
                <small>
                  {held.totp
                    ? say("people.factor.totp", { day: held.totp.since.slice(0, 10) })
                    : say("account.totp.hint")}
                  {held.demanded && ` · ${say("people.factor.demanded")}`}
                </small>
              </span>
              <Button small onClick={() => setDoing("set")}>
                {say(held.totp ? "account.totp.replace" : "account.totp.set")}
              </Button>
              {held.totp && (
                <Button small look="danger" onClick={() => setDoing("drop")}>
                  {say("account.totp.drop")}
                </Button>
              )}
            </li>
            {(held.totp || held.passkeys > 0) && (
              <li className="rows-row">
                <span>
                  {say("account.codes")}
                  <small>{say("people.factor.codes", { n: held.recovery_codes })}</small>
                </span>
                <Button small disabled={renew.busy} onClick={() => void renew.run()}>
                  {say("account.codes.renew")}
                </Button>
              </li>
            )}
          </ul>
        </>
      )}
      {(doing === "set" || codes) && (
        <Dialog
          title={say(codes ? "account.codes" : "account.totp.set")}
          onClose={() => {
            setDoing(undefined)
            setCodes(undefined)
            void changed()
          }}
        >
          {codes ? (
            <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />
          ) : (
            <TotpSetup
              onDone={() => {
                setDoing(undefined)
                void changed()
                tell(say("account.totp.done"))
              }}
            />
          )}
        </Dialog>
      )}
      {doing === "drop" && (
        <Sure
          title={say("account.totp.drop")}
          label={say("account.totp.drop")}
          run={async () => {
            await ask("DELETE", "/me/second-factor/totp")
            await changed()
          }}
          onClose={() => setDoing(undefined)}
        >
          {say("account.totp.drop.sure")}
        </Sure>
      )}
    </section>
  )
}

import { useState } from "react"
import { ask } from "../../data/client"
import { Button } from "../button"
import { DeedFault, useDeed } from "../deed"
import { Labelled } from "../labelled"
import { useWords } from "../words"
import "./account.css"
import { RecoveryCodes } from "./RecoveryCodes"

interface Offer {
  secret: string
  uri: string
  qr: string
  ticket: string
}

/** Sets up a generator of codes: the picture for the telephone, its first code, recovery codes. */
export function TotpSetup({ onDone }: { onDone: () => void }) {
  const say = useWords()
  const [offer, setOffer] = useState<Offer>()
  const [code, setCode] = useState("")
  const [codes, setCodes] = useState<string[]>()
  const begin = useDeed(async () => {
    setOffer(await ask<Offer>("POST", "/me/second-factor/totp"))
  })
  const confirm = useDeed(async () => {
    const told = await ask<{ recovery_codes: string[] }>("POST", "/me/second-factor/totp/confirm", {
      body: { ticket: offer?.ticket, code: code.replace(/\s/g, "") },
    })
    setCodes(told.recovery_codes)
  })
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (!offer)
    return (
      <div className="stack">
        <DeedFault fault={begin.fault} />
        <p className="soft">{say("account.totp.hint")}</p>
        <div className="stack-actions">
          <Button look="main" disabled={begin.busy} onClick={() => void begin.run()}>
            {say("account.totp.begin")}
          </Button>
        </div>
      </div>
    )
  return (
    <form
      className="totp"
      onSubmit={(event) => {
        event.preventDefault()
        void confirm.run()
      }}
    >
      <p>{say("account.totp.scan")}</p>
      <img
        className="totp-picture"
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(offer.qr)}`}
        alt={say("account.totp.picture")}
        width={180}
        height={180}
      />
      <p className="soft">
        {say("account.totp.secret")} <span className="totp-secret">{offer.secret}</span>
      </p>
      <DeedFault fault={confirm.fault} said={["code"]} />
      <Labelled label={say("account.totp.code")} wrong={confirm.wrong("code")}>
        {({ id, invalid, describedBy }) => (
          <input
            id={id}
            className="input"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            autoFocus
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Labelled>
      <div className="stack-actions">
        <Button look="main" type="submit" disabled={confirm.busy || code.trim().length < 6}>
          {say("account.totp.confirm")}
        </Button>
      </div>
    </form>
  )
}

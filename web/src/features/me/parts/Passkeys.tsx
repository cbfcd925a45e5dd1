import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { account, type Passkey } from "../../../data/account"
import { ask } from "../../../data/client"
import { RecoveryCodes } from "../../../ui/account/RecoveryCodes"
import { makePasskey, passkeysHere } from "../../../ui/account/webauthn"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Labelled } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"

interface Begun {
  options: Parameters<typeof makePasskey>[0]
  ticket: string
}

/** Passkeys of one's own; they belong to the host name one is at. */
export function Passkeys() {
  const say = useWords()
  const client = useQueryClient()
  const ways = useQuery(account.methods())
  const found = useQuery(account.passkeys())
  const [naming, setNaming] = useState<Passkey | "new">()
  const [name, setName] = useState("")
  const [codes, setCodes] = useState<string[]>()
  const changed = () => client.invalidateQueries({ queryKey: ["account"] })
  const keep = useDeed(async () => {
    if (naming === "new") {
      const begun = await ask<Begun>("POST", "/me/passkeys/begin")
      const credential = await makePasskey(begun.options)
      const made = await ask<{ recovery_codes?: string[] }>("POST", "/me/passkeys", {
        body: { ticket: begun.ticket, credential, name },
      })
      setCodes(made.recovery_codes)
    } else if (naming) await ask("PATCH", `/me/passkeys/${naming.id}`, { body: { name } })
    setNaming(undefined)
    await changed()
  })
  const drop = useDeed(async (id: string) => {
    await ask("DELETE", `/me/passkeys/${id}`)
    await changed()
  })
  const usable = ways.data?.passkey && passkeysHere()
  if (!usable && !found.data?.length) return null
  return (
    <section className="me-part">
      <h2>{say("account.passkeys")}</h2>
      <p className="soft">{say("account.passkeys.hint")}</p>
      <DeedFault fault={drop.fault} />
      <ul className="rows">
        {found.data?.map((one) => (
          <li key={one.id} className="rows-row">
            <span>
              {one.name}
              <small>
                {one.created_at.slice(0, 10)}
                {one.used_at && ` · ${say("keys.used")} ${one.used_at.slice(0, 10)}`}
              </small>
            </span>
            <Button
              small
              onClick={() => {
                setName(one.name)
                setNaming(one)
              }}
            >
              {say("account.passkey.rename")}
            </Button>
            <Button small look="danger" disabled={drop.busy} onClick={() => void drop.run(one.id)}>
              {say("do.delete")}
            </Button>
          </li>
        ))}
      </ul>
      {usable && (
        <div>
          <Button
            onClick={() => {
              setName("")
              setNaming("new")
            }}
          >
            {say("account.passkey.add")}
          </Button>
        </div>
      )}
      {naming && (
        <Dialog
          title={say(naming === "new" ? "account.passkey.add" : "account.passkey.rename")}
          onClose={() => setNaming(undefined)}
          foot={
            <>
              <Button onClick={() => setNaming(undefined)}>{say("do.cancel")}</Button>
              <Button
                look="main"
                disabled={keep.busy || name.trim() === ""}
                onClick={() => void keep.run()}
              >
                {say("do.save")}
              </Button>
            </>
          }
        >
          <div className="stack">
            <DeedFault fault={keep.fault} />
            <Labelled label={say("account.passkey.name")} hint={say("account.passkey.name.hint")}>
              {({ id, describedBy }) => (
                <input
                  id={id}
                  className="input"
                  maxLength={100}
                  aria-describedby={describedBy}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Labelled>
          </div>
        </Dialog>
      )}
      {codes && (
        <Dialog title={say("account.codes")} onClose={() => setCodes(undefined)}>
          <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />
        </Dialog>
      )}
    </section>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { account } from "../data/account"
import { ask } from "../data/client"
import { catalog } from "../data/recipes"
import type { Action } from "../kernel/meta"
import { Button } from "../ui/button"
import { useDeed } from "../ui/deed"
import { DeedDialog } from "../ui/deed_form"
import { Dialog } from "../ui/dialog"
import { Line } from "../ui/inputs"
import { Tick } from "../ui/labelled"
import { tell } from "../ui/toast"
import { useWords } from "../ui/words"
import { ChooseSeveral } from "./several"

const ACTIONS: readonly Action[] = ["read", "create", "update", "delete", "export", "import"]

/** A new key of one's own: what it may do, until when; and the key itself, this once. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const say = useWords()
  const client = useQueryClient()
  const { data: known } = useQuery(catalog())
  const [name, setName] = useState("")
  const [ends, setEnds] = useState("")
  const [rate, setRate] = useState("")
  const [whole, setWhole] = useState(false)
  const [scopes, setScopes] = useState<string[]>([])
  const [made, setMade] = useState<string>()
  const deed = useDeed(async () => {
    const told = await ask<{ key: string }>("POST", "/api-keys", {
      body: {
        name,
        expires_at: ends ? new Date(`${ends}T23:59:59`).toISOString() : null,
        scopes: whole ? null : scopes,
        per_minute: rate ? Number(rate) : null,
      },
    })
    setMade(told.key)
    await client.invalidateQueries({ queryKey: account.keys().queryKey })
  })
  const choices = (known?.objects ?? []).flatMap((object) => [
    { key: `${object.key}:*`, label: `${object.label} · ${say("keys.every.action")}` },
    ...ACTIONS.filter((act) => object.may[act]).map((act) => ({
      key: `${object.key}:${act}`,
      label: `${object.label} · ${say(`act.${act}`)}`,
    })),
  ])
  if (made)
    return (
      <Dialog
        title={say("keys.made")}
        onClose={onClose}
        foot={
          <Button look="main" onClick={onClose}>
            {say("keys.kept")}
          </Button>
        }
      >
        <div className="stack">
          <p>{say("keys.once")}</p>
          <output className="codes" style={{ display: "block", overflowWrap: "anywhere" }}>
            {made}
          </output>
          <div className="stack-actions">
            <Button
              onClick={() =>
                void navigator.clipboard?.writeText(made).then(() => tell(say("account.copied")))
              }
            >
              {say("account.copy")}
            </Button>
          </div>
        </div>
      </Dialog>
    )
  return (
    <DeedDialog
      title={say("keys.new")}
      label={say("keys.make")}
      ready={name.trim() !== "" && (whole || scopes.length > 0)}
      deed={deed}
      said={["name", "expires_at", "per_minute"]}
      onClose={onClose}
    >
      <Line label={say("keys.name")} value={name} wrong={deed.wrong("name")} onChange={setName} />
      <Tick label={say("keys.whole")} checked={whole} onChange={setWhole} />
      {!whole && (
        <ChooseSeveral
          label={say("keys.scopes")}
          hint={say("keys.scopes.hint")}
          choices={choices}
          chosen={scopes}
          onChange={setScopes}
        />
      )}
      <div className="labelled-rows">
        <Line
          label={say("keys.expires")}
          type="date"
          value={ends}
          wrong={deed.wrong("expires_at")}
          onChange={setEnds}
        />
        <Line
          label={say("keys.rate")}
          type="number"
          min={1}
          value={rate}
          wrong={deed.wrong("per_minute")}
          onChange={setRate}
        />
      </div>
    </DeedDialog>
  )
}

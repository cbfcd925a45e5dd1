import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { Copy, ExternalLink, RefreshCw } from "lucide-react"
import { useState } from "react"
import { configuration } from "../../../../data/configuration"
import { ChoosePerson } from "../../../../fields/people"
import { type FormDocument, formIn } from "../../../../kernel/faces/design"
import { Button, IconButton } from "../../../../ui/button"
import { DeedFault, useDeed } from "../../../../ui/deed"
import { Line } from "../../../../ui/inputs"
import { Labelled, Tick } from "../../../../ui/labelled"
import { Bones, Trouble } from "../../../../ui/states"
import { Sure } from "../../../../ui/sure"
import { tell } from "../../../../ui/toast"
import { useWords } from "../../../../ui/words"
import { type AddressWish, addresses, type FormAddress, keepAddress } from "../api"

/** Where strangers fill the form in: opened, handed on, closed. Only of a form that is saved. */
export function AddressPart({ form }: { form: string }) {
  const say = useWords()
  const { data: all } = useSuspenseQuery(configuration.list<FormDocument>("form"))
  const stored = all.find((one) => one.key === form)
  if (!stored || !formIn(stored.body).purpose.includes("public"))
    return <p className="soft">{say("public.unsaved")}</p>
  return <Asked form={form} />
}

function Asked({ form }: { form: string }) {
  const found = useQuery(addresses.of(form))
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Bones lines={2} />
  return <Kept told={found.data} />
}

function Kept({ told }: { told: FormAddress }) {
  const say = useWords()
  const client = useQueryClient()
  const [renewing, setRenewing] = useState(false)
  const now: AddressWish = {
    open: told.open,
    ends_at: told.ends_at,
    owner: told.owner?.id ?? null,
  }
  const deed = useDeed((more: Partial<AddressWish>) =>
    keepAddress(client, told.form, { ...now, ...more }),
  )
  const link = told.address && `${location.origin}${told.address}`
  return (
    <div className="public-address">
      <DeedFault fault={deed.fault} />
      {told.wanting.length > 0 && (
        <p className="public-note" role="note">
          {say("public.wanting", { fields: told.wanting.map((one) => one.label).join("、") })}
        </p>
      )}
      <Tick
        label={say("public.open")}
        checked={told.open}
        disabled={deed.busy}
        onChange={(open) => void deed.run({ open })}
      />
      {link && (
        <>
          <div className="public-link" data-answers={told.answers}>
            <input
              className="input"
              readOnly
              aria-label={say("public.address")}
              value={link}
              onFocus={(event) => event.target.select()}
            />
            <IconButton
              label={say("account.copy")}
              onClick={() =>
                void navigator.clipboard?.writeText(link).then(() => tell(say("account.copied")))
              }
            >
              <Copy size={15} />
            </IconButton>
            {told.answers && (
              <a
                className="icon-button"
                href={link}
                target="_blank"
                rel="noreferrer"
                aria-label={say("public.visit")}
              >
                <ExternalLink size={15} />
              </a>
            )}
          </div>
          {!told.answers && <p className="soft">{say("public.closed")}</p>}
          <Line
            label={say("public.ends")}
            type="date"
            value={told.ends_at?.slice(0, 10) ?? ""}
            wrong={deed.wrong("ends_at")}
            onChange={(day) =>
              void deed.run({ ends_at: day ? new Date(`${day}T23:59:59`).toISOString() : null })
            }
          />
          <Labelled label={say("public.owner")} hint={say("public.owner.hint")}>
            {(field) => (
              <ChoosePerson
                {...field}
                label={say("public.owner")}
                value={told.owner?.id ?? null}
                name={told.owner?.name}
                onChange={(owner) => void deed.run({ owner })}
              />
            )}
          </Labelled>
          <div>
            <Button small icon={<RefreshCw size={14} />} onClick={() => setRenewing(true)}>
              {say("public.renew")}
            </Button>
          </div>
        </>
      )}
      {renewing && (
        <Sure
          title={say("public.renew")}
          label={say("public.renew")}
          run={() => keepAddress(client, told.form, { ...now, anew: true })}
          onClose={() => setRenewing(false)}
        >
          {say("public.renew.sure")}
        </Sure>
      )}
    </div>
  )
}

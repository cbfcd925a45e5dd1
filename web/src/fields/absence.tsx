import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../data/client"
import { peopleChanged, type User, users } from "../data/people"
import { clock, isoDay } from "../kernel/format"
import { momentOf, wallOf } from "../kernel/zone"

import "../ui/account/account.css"
import { Button } from "../ui/button"
import { DeedFault, useDeed } from "../ui/deed"
import { Line } from "../ui/inputs"
import { Labelled } from "../ui/labelled"
import { tell } from "../ui/toast"
import { useWords } from "../ui/words"
import { ChoosePerson } from "./people"

const SAID = ["absence.from", "absence.until", "absence.deputy", "absence.reason"]

/** When somebody is away, and who stands in. */
export function Absence({ user }: { user: User }) {
  const say = useWords()
  const client = useQueryClient()
  const kept = user.absence
  const deputy = useQuery({ ...users.one(kept?.deputy ?? ""), enabled: !!kept?.deputy })
  const [from, setFrom] = useState(local(kept?.from))
  const [until, setUntil] = useState(local(kept?.until))
  const [reason, setReason] = useState(kept?.reason ?? "")
  const [standIn, setStandIn] = useState<{ id: string | null; name?: string }>({
    id: kept?.deputy ?? null,
  })
  const deed = useDeed(async (absence: Record<string, unknown> | null) => {
    await ask("PATCH", `/users/${user.id}`, { body: { absence } })
    await peopleChanged(client)
    tell(say(absence ? "people.absence.kept" : "people.absence.ended"))
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void deed.run({
          from: momentOf(new Date(from)).toISOString(),
          until: until ? momentOf(new Date(until)).toISOString() : null,
          reason: reason || null,
          deputy: standIn.id,
        })
      }}
    >
      {!kept && <p className="soft">{say("people.absence.none")}</p>}
      <DeedFault fault={deed.fault} said={SAID} />
      <div className="labelled-rows">
        <Line
          label={say("people.absence.from")}
          type="datetime-local"
          wrong={deed.wrong("absence.from")}
          value={from}
          onChange={setFrom}
        />
        <Line
          label={say("people.absence.until")}
          hint={say("people.absence.until.hint")}
          type="datetime-local"
          wrong={deed.wrong("absence.until")}
          value={until}
          onChange={setUntil}
        />
        <Labelled label={say("people.absence.deputy")} wrong={deed.wrong("absence.deputy")}>
          {(field) => (
            <ChoosePerson
              {...field}
              label={say("people.absence.deputy")}
              value={standIn.id}
              name={standIn.name ?? deputy.data?.name}
              onChange={(id, name) => setStandIn({ id, name })}
            />
          )}
        </Labelled>
        <Line
          label={say("people.absence.reason")}
          maxLength={200}
          wrong={deed.wrong("absence.reason")}
          value={reason}
          onChange={setReason}
        />
      </div>
      <div className="stack-actions">
        <Button look="main" type="submit" disabled={deed.busy || !from}>
          {say("do.save")}
        </Button>
        {kept && (
          <Button disabled={deed.busy} onClick={() => void deed.run(null)}>
            {say("people.absence.end")}
          </Button>
        )}
      </div>
    </form>
  )
}

/** A moment as the browser's field wants it: without a zone, in that of the days. */
function local(text: string | null | undefined): string {
  if (!text) return ""
  const at = new Date(text)
  return `${isoDay(wallOf(at))}T${clock(wallOf(at))}`
}

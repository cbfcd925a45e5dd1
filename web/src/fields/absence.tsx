import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../data/client"
import { peopleChanged, type User, users } from "../data/people"

import "../ui/account/account.css"
import { Button } from "../ui/button"
import { DeedFault, useDeed } from "../ui/deed"
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
  const time = (label: string, path: string, value: string, set: (text: string) => void) => (
    <Labelled
      label={label}
      wrong={deed.wrong(path)}
      hint={path === "absence.until" ? say("people.absence.until.hint") : undefined}
    >
      {({ id, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          type="datetime-local"
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Labelled>
  )
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void deed.run({
          from: new Date(from).toISOString(),
          until: until ? new Date(until).toISOString() : null,
          reason: reason || null,
          deputy: standIn.id,
        })
      }}
    >
      {!kept && <p className="soft">{say("people.absence.none")}</p>}
      <DeedFault fault={deed.fault} said={SAID} />
      <div className="labelled-rows">
        {time(say("people.absence.from"), "absence.from", from, setFrom)}
        {time(say("people.absence.until"), "absence.until", until, setUntil)}
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
        <Labelled label={say("people.absence.reason")} wrong={deed.wrong("absence.reason")}>
          {({ id }) => (
            <input
              id={id}
              className="input"
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
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

/** A moment as the browser's field wants it: without a zone, in the browser's. */
function local(text: string | null | undefined): string {
  if (!text) return ""
  const at = new Date(text)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

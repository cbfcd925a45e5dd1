import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { peopleChanged, type User } from "../../../data/people"
import { Button } from "../../../ui/button"
import { useDeed } from "../../../ui/deed"
import { DeedDialog } from "../../../ui/deed_form"
import { Labelled, Tick } from "../../../ui/labelled"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { changes, type Draft, EMPTY, SAID, UserFields } from "./UserForm"

/** Somebody new. */
export function NewUser({
  onClose,
  onMade,
}: {
  onClose: () => void
  onMade: (id: string) => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [password, setPassword] = useState("")
  const [must, setMust] = useState(true)
  const deed = useDeed(async () => {
    const given = changes(EMPTY, draft)
    const made = await ask<User>("POST", "/users", {
      body: { ...given, ...(password ? { password, must_change: must } : {}) },
    })
    await peopleChanged(client)
    tell(say("people.made", { name: made.name }))
    onMade(made.id)
  })
  return (
    <DeedDialog
      title={say("people.new")}
      label={say("do.save")}
      deed={deed}
      said={SAID}
      className="people-form"
      onClose={onClose}
    >
      <UserFields
        draft={draft}
        wrong={deed.wrong}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      <PasswordField
        label={say("people.password")}
        value={password}
        wrong={deed.wrong("password")}
        onChange={setPassword}
      />
      {password && <Tick label={say("people.password.must")} checked={must} onChange={setMust} />}
    </DeedDialog>
  )
}

/** A password for somebody else: seen while it is written, because it has to be handed on. */
export function PasswordField({
  label,
  value,
  hint,
  wrong,
  onChange,
}: {
  label: string
  hint?: string
  value: string
  wrong?: string
  onChange: (value: string) => void
}) {
  const say = useWords()
  return (
    <Labelled label={label} hint={hint ?? say("people.password.hint")} wrong={wrong}>
      {({ id, invalid, describedBy }) => (
        <span className="people-password">
          <input
            id={id}
            className="input"
            value={value}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
          <Button onClick={() => onChange(drawn())}>{say("people.password.make")}</Button>
        </span>
      )}
    </Labelled>
  )
}

const LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

/** Sixteen letters and digits in groups, without those that look alike. */
function drawn(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(16))
  const letters = [...numbers].map((one) => LETTERS[one % LETTERS.length])
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join("")).join("-")
}

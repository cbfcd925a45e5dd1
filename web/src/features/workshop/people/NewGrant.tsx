import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useId, useState } from "react"
import { ask } from "../../../data/client"
import type { User } from "../../../data/people"
import { catalog } from "../../../data/recipes"
import { Picker } from "../../../fields/picker"
import { Button } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Labelled } from "../../../ui/labelled"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { LEVELS, type Level, WORDS } from "../roles/model"

const ACTS = ["read", "update", "delete", "export"] as const

/** Something granted to one person alone: on one object, some actions, all fields or some. */
export function NewGrant({ user, onClose }: { user: User; onClose: () => void }) {
  const say = useWords()
  const form = useId()
  const client = useQueryClient()
  const { data: known } = useQuery(catalog())
  const objects = known?.objects ?? []
  const [key, setKey] = useState<string>()
  const [scopes, setScopes] = useState<Record<string, string>>({ read: "all" })
  const [fields, setFields] = useState<string[]>([])
  const [level, setLevel] = useState<Level>("read")
  const [reason, setReason] = useState("")
  const [until, setUntil] = useState("")
  const object = objects.find((one) => one.key === key) ?? objects[0]
  const deed = useDeed(async () => {
    const limited =
      fields.length > 0
        ? {
            fields: Object.fromEntries(fields.map((one) => [one, level])),
            other_fields: "hidden",
          }
        : {}
    const given = Object.fromEntries(Object.entries(scopes).filter(([, one]) => one !== ""))
    await ask("PUT", `/users/${user.id}/grants/${object?.key ?? ""}`, {
      body: {
        grant: { ...given, ...limited },
        reason,
        until: until ? new Date(`${until}T23:59:59`).toISOString() : null,
      },
    })
    await client.invalidateQueries({ queryKey: ["users", "grants", user.id] })
    tell(say("people.grants.kept"))
    onClose()
  })
  return (
    <Dialog
      title={say("people.grants.title", { name: user.name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look="main" type="submit" form={form} disabled={deed.busy || !object}>
            {say("people.grants.add")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="people-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void deed.run()
        }}
      >
        <DeedFault fault={deed.fault} said={["until", "reason"]} />
        <Labelled label={say("people.grants.object")}>
          {({ id }) => (
            <select
              id={id}
              className="input"
              value={object?.key}
              onChange={(event) => {
                setKey(event.target.value)
                setFields([])
              }}
            >
              {objects.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <div className="labelled-rows">
          {ACTS.map((act) => (
            <Labelled key={act} label={say(`act.${act}`)}>
              {({ id }) => (
                <select
                  id={id}
                  className="input"
                  value={scopes[act] ?? ""}
                  onChange={(event) => setScopes({ ...scopes, [act]: event.target.value })}
                >
                  <option value="">{say("roles.none")}</option>
                  {WORDS.map((one) => (
                    <option key={one} value={one}>
                      {say(`scope.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          ))}
          <Labelled label={say("people.grants.fields")} hint={say("people.grants.fields.hint")}>
            {(field) => (
              <Picker
                {...field}
                label={say("people.grants.fields")}
                many
                choices={(object?.fields ?? []).map((one) => ({ key: one.key, label: one.label }))}
                chosen={fields}
                shown={fields.map((one) => (
                  <Chip
                    key={one}
                    word={object?.fields.find((it) => it.key === one)?.label ?? one}
                    color="grey"
                  />
                ))}
                onChange={setFields}
              />
            )}
          </Labelled>
          {fields.length > 0 && (
            <Labelled label={say("people.grants.level")}>
              {({ id }) => (
                <select
                  id={id}
                  className="input"
                  value={level}
                  onChange={(event) =>
                    setLevel(LEVELS.find((one) => one === event.target.value) ?? "read")
                  }
                >
                  {LEVELS.filter((one) => one !== "hidden").map((one) => (
                    <option key={one} value={one}>
                      {say(`level.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          )}
          <Line
            label={say("people.grants.end")}
            type="date"
            value={until}
            wrong={deed.wrong("until")}
            onChange={setUntil}
          />
          <Line
            label={say("people.grants.reason")}
            value={reason}
            wrong={deed.wrong("reason")}
            onChange={setReason}
          />
        </div>
      </form>
    </Dialog>
  )
}

function Line({
  label,
  value,
  type = "text",
  wrong,
  onChange,
}: {
  label: string
  value: string
  type?: string
  wrong?: string
  onChange: (text: string) => void
}) {
  return (
    <Labelled label={label} wrong={wrong}>
      {({ id, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          type={type}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          maxLength={500}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

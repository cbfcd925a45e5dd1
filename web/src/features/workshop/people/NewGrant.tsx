import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import type { User } from "../../../data/people"
import { catalog } from "../../../data/recipes"
import { ChooseSeveral } from "../../../fields/several"
import { useDeed } from "../../../ui/deed"
import { DeedDialog } from "../../../ui/deed_form"
import { ChooseOne, Line } from "../../../ui/inputs"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { LEVELS, type Level, WORDS } from "../roles/model"

const ACTS = ["read", "update", "delete", "export"] as const

/** Something granted to one person alone: on one object, some actions, all fields or some. */
export function NewGrant({ user, onClose }: { user: User; onClose: () => void }) {
  const say = useWords()
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
    <DeedDialog
      title={say("people.grants.title", { name: user.name })}
      label={say("people.grants.add")}
      ready={!!object}
      deed={deed}
      said={["until", "reason"]}
      className="people-form"
      onClose={onClose}
    >
      <ChooseOne
        label={say("people.grants.object")}
        value={object?.key}
        choices={objects}
        onChange={(chosen) => {
          setKey(chosen)
          setFields([])
        }}
      />
      <div className="labelled-rows">
        {ACTS.map((act) => (
          <ChooseOne
            key={act}
            label={say(`act.${act}`)}
            value={scopes[act] ?? ""}
            none={say("roles.none")}
            choices={WORDS.map((one) => ({ key: one, label: say(`scope.${one}`) }))}
            onChange={(scope) => setScopes({ ...scopes, [act]: scope })}
          />
        ))}
        <ChooseSeveral
          label={say("people.grants.fields")}
          hint={say("people.grants.fields.hint")}
          choices={(object?.fields ?? []).map((one) => ({ key: one.key, label: one.label }))}
          chosen={fields}
          onChange={setFields}
        />
        {fields.length > 0 && (
          <ChooseOne
            label={say("people.grants.level")}
            value={level}
            choices={LEVELS.filter((one) => one !== "hidden").map((one) => ({
              key: one,
              label: say(`level.${one}`),
            }))}
            onChange={(chosen) => setLevel(LEVELS.find((one) => one === chosen) ?? "read")}
          />
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
          maxLength={500}
          value={reason}
          wrong={deed.wrong("reason")}
          onChange={setReason}
        />
      </div>
    </DeedDialog>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useId, useState } from "react"
import { ask } from "../../../data/client"
import { roles } from "../../../data/people"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Labelled } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"
import { roleDocs, rolesChanged } from "./api"

/** A new role: what it is called, and of which other one it begins as a copy. */
export function NewRole({ onClose }: { onClose: () => void }) {
  const say = useWords()
  const form = useId()
  const client = useQueryClient()
  const navigate = useNavigate()
  const known = useQuery(roleDocs.all())
  const named = useQuery(roles())
  const [zh, setZh] = useState("")
  const [en, setEn] = useState("")
  const [typed, setTyped] = useState<string>()
  const [from, setFrom] = useState("")
  const key = typed ?? proposed(en, new Set(known.data?.map((one) => one.key)))
  const deed = useDeed(async () => {
    const copied = known.data?.find((one) => one.key === from)?.body
    const body = {
      ...copied,
      kind: "role",
      key,
      label: { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() },
      configure: false,
      people: false,
      audit: false,
      approve_exports: false,
    }
    await ask("PUT", `/config/role/${key}`, { body })
    await rolesChanged(client)
    await navigate({ to: "/workshop/roles/$key", params: { key } })
  })
  const line = (label: string, value: string, set: (text: string) => void, path: string) => (
    <Labelled label={label} wrong={deed.wrong(path)}>
      {({ id, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          value={value}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          autoComplete="off"
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Labelled>
  )
  return (
    <Dialog
      title={say("roles.new")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button
            look="main"
            type="submit"
            form={form}
            disabled={deed.busy || !(zh.trim() || en.trim()) || !key}
          >
            {say("roles.make")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="roles-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void deed.run()
        }}
      >
        <DeedFault fault={deed.fault} said={["key", "label"]} />
        {line(say("roles.label.zh"), zh, setZh, "label")}
        {line(say("roles.label.en"), en, setEn, "label.en")}
        {line(say("roles.key"), key, setTyped, "key")}
        <Labelled label={say("roles.copy")} hint={say("roles.copy.hint")}>
          {({ id, describedBy }) => (
            <select
              id={id}
              className="input"
              aria-describedby={describedBy}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            >
              <option value="">{say("roles.copy.none")}</option>
              {named.data?.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </form>
    </Dialog>
  )
}

/** A key out of the English name, or a number that is free. */
function proposed(en: string, taken: ReadonlySet<string>): string {
  const slug = en
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40)
  if (slug && !taken.has(slug)) return slug
  let number = taken.size + 1
  while (taken.has(`role_${number}`)) number++
  return `role_${number}`
}

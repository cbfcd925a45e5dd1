import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { ask } from "../../../data/client"
import { roles } from "../../../data/people"
import { useDeed } from "../../../ui/deed"
import { DeedDialog } from "../../../ui/deed_form"
import { ChooseOne, Line } from "../../../ui/inputs"
import { useWords } from "../../../ui/words"
import { roleDocs, rolesChanged } from "./api"

/** A new role: what it is called, and of which other one it begins as a copy. */
export function NewRole({ onClose }: { onClose: () => void }) {
  const say = useWords()
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
  return (
    <DeedDialog
      title={say("roles.new")}
      label={say("roles.make")}
      ready={!!(zh.trim() || en.trim()) && !!key}
      deed={deed}
      said={["key", "label"]}
      className="roles-form"
      onClose={onClose}
    >
      <Line label={say("roles.label.zh")} value={zh} wrong={deed.wrong("label")} onChange={setZh} />
      <Line
        label={say("roles.label.en")}
        value={en}
        wrong={deed.wrong("label.en")}
        onChange={setEn}
      />
      <Line label={say("roles.key")} value={key} wrong={deed.wrong("key")} onChange={setTyped} />
      <ChooseOne
        label={say("roles.copy")}
        hint={say("roles.copy.hint")}
        value={from}
        none={say("roles.copy.none")}
        choices={named.data}
        onChange={setFrom}
      />
    </DeedDialog>
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

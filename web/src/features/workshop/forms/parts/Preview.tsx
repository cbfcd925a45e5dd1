import { useState } from "react"
import { useLanguage } from "../../../../data/preferences"
import { FormBody, type Judgement } from "../../../../fields/form/FormBody"
import { saidIn } from "../../../../kernel/design/object"
import { levelFor } from "../../../../kernel/faces/levels"
import { live, missing } from "../../../../kernel/faces/live"
import { faceOf } from "../../../../kernel/faces/preview"
import type { Value } from "../../../../kernel/meta"
import { Button } from "../../../../ui/button"
import { useWords } from "../../../../ui/words"
import { useRoles } from "../../faces/RolesPicker"
import type { Drawing } from "../FormDesigner"

type Deed = "create" | "update"

/** The form as somebody meets it: with a role's eyes, as wide as a desk or a phone; rules are live. */
export function Preview({ form, object }: Drawing) {
  const say = useWords()
  const language = useLanguage()
  const roles = useRoles()
  const [as, setAs] = useState("")
  const [phone, setPhone] = useState(false)
  const [deed, setDeed] = useState<Deed>("create")
  const [draft, setDraft] = useState<Record<string, Value>>({})
  const [names, setNames] = useState<Record<string, string | undefined>>({})
  const role = roles.find((one) => one.key === as)
  const level = (field: string) => (role ? levelFor(role, object.key, field) : "write")
  const seen = {
    ...object,
    fields: object.fields.map((one) => ({
      ...one,
      create: one.create && level(one.key) === "write",
      update: one.update && level(one.key) === "write",
      required: one.required && level(one.key) === "write",
    })),
  }
  const face = faceOf(form, object, language, level)
  const laid = live(seen, face, draft, deed)
  const left = missing(laid)
  const judgement: Judgement = {
    touched: (key) => key in draft,
    name: (key) => names[key],
    complaint: () => undefined,
    remark: () => undefined,
  }
  return (
    <div className="preview">
      <div className="preview-bar">
        <label className="preview-as">
          {say("forms.preview.as")}
          <select className="input" value={as} onChange={(event) => setAs(event.target.value)}>
            <option value="">{say("forms.preview.me")}</option>
            {roles.map((one) => (
              <option key={one.key} value={one.key}>
                {saidIn(one.label, language)}
              </option>
            ))}
          </select>
        </label>
        <select
          className="input preview-deed"
          aria-label={say("forms.purpose")}
          value={deed}
          onChange={(event) => setDeed(event.target.value === "update" ? "update" : "create")}
        >
          <option value="create">{say("forms.purpose.create")}</option>
          <option value="update">{say("forms.purpose.edit")}</option>
        </select>
        <Button look="quiet" aria-pressed={!phone} onClick={() => setPhone(false)}>
          {say("forms.preview.desk")}
        </Button>
        <Button look="quiet" aria-pressed={phone} onClick={() => setPhone(true)}>
          {say("forms.preview.phone")}
        </Button>
        <span className="soft preview-left">
          {left.length > 0 && say("forms.preview.left", { n: left.length })}
        </span>
      </div>
      <div className="preview-paper" data-phone={phone}>
        <h2 className="preview-title">{saidIn(form.label, language)}</h2>
        <FormBody
          form={laid}
          judgement={judgement}
          onChange={(key, value, name) => {
            setDraft({ ...draft, [key]: value })
            setNames({ ...names, [key]: name })
          }}
        />
      </div>
    </div>
  )
}

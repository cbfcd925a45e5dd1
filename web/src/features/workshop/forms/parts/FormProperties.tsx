import { PURPOSES } from "../../../../kernel/faces/design"
import { Tick } from "../../../../ui/labelled"
import { useWords } from "../../../../ui/words"
import { LabelInput } from "../../faces/LabelInput"
import { RolesPicker } from "../../faces/RolesPicker"
import type { Drawing } from "../FormDesigner"
import { PublicProperties } from "./PublicProperties"

/** What the form is called, what it is for and for whom. */
export function FormProperties(drawing: Drawing) {
  const { form, change } = drawing
  const say = useWords()
  return (
    <div className="pane">
      <h2 className="pane-title">{say("forms.form")}</h2>
      <LabelInput
        label={say("faces.label")}
        said={form.label}
        onChange={(label) => change({ ...form, label })}
      />
      <fieldset className="face-set">
        <legend>{say("forms.purpose")}</legend>
        {PURPOSES.map((one) => (
          <Tick
            key={one}
            label={say(`forms.purpose.${one}`)}
            checked={form.purpose.includes(one)}
            onChange={(on) =>
              change({
                ...form,
                purpose: on
                  ? PURPOSES.filter((each) => each === one || form.purpose.includes(each))
                  : form.purpose.filter((each) => each !== one),
              })
            }
          />
        ))}
      </fieldset>
      {form.purpose.includes("public") && <PublicProperties {...drawing} />}
      <RolesPicker roles={form.roles ?? []} onChange={(roles) => change({ ...form, roles })} />
      <Tick
        label={say("forms.rest")}
        checked={form.rest ?? true}
        onChange={(rest) => change({ ...form, rest })}
      />
    </div>
  )
}

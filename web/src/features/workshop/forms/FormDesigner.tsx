import { Eye, EyeOff } from "lucide-react"
import { useState } from "react"
import type { Complaint } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { saidIn } from "../../../kernel/design/object"
import { type FormDocument, problemAt, type Room } from "../../../kernel/faces/design"
import { fieldOf, type ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import { Frame, SettingsTool } from "../faces/Frame"
import type { Draft } from "../faces/useDraft"
import "./forms.css"
import { Canvas } from "./parts/Canvas"
import { FieldDragging } from "./parts/FieldDragging"
import { Palette } from "./parts/Palette"
import { Preview } from "./parts/Preview"
import { Properties } from "./parts/Properties"

/** What is chosen on the canvas, and shown on the right. */
export type Choice =
  | { what: "form" }
  | { what: "field"; field: string }
  | { what: "section"; room: Room }
  | { what: "tab"; tab: number }

export interface Drawing {
  form: FormDocument
  object: ObjectMeta
  choice: Choice
  choose: (choice: Choice) => void
  change: (form: FormDocument) => void
  problems: readonly Complaint[]
}

/** The form designer: fields on the left, the form in the middle, what is chosen on the right. */
export function FormDesigner({
  draft,
  object,
}: {
  draft: Draft<FormDocument>
  object: ObjectMeta
}) {
  const say = useWords()
  const language = useLanguage()
  const [choice, choose] = useState<Choice>({ what: "form" })
  const [looking, setLooking] = useState(false)
  const form = draft.now
  const drawing: Drawing = {
    form,
    object,
    choice,
    choose,
    change: draft.set,
    problems: draft.problems,
  }
  function where(one: Complaint): string {
    const at = problemAt(form, one.path)
    if (at.field) return fieldOf(object, at.field)?.label ?? at.field
    if (at.room) return say("forms.section")
    return saidIn(form.label, language)
  }
  function pick(one: Complaint) {
    const at = problemAt(form, one.path)
    if (at.field) choose({ what: "field", field: at.field })
    else if (at.room) choose({ what: "section", room: at.room })
    else if (at.tab !== undefined) choose({ what: "tab", tab: at.tab })
    else choose({ what: "form" })
    setLooking(false)
  }
  return (
    <FieldDragging drawing={drawing}>
      <Frame
        draft={draft}
        home="forms"
        title={[object.label, form.label]}
        tools={
          <>
            <SettingsTool
              pressed={choice.what === "form"}
              onClick={() => choose({ what: "form" })}
            />
            <Button
              look="quiet"
              aria-pressed={looking}
              icon={looking ? <EyeOff size={15} /> : <Eye size={15} />}
              onClick={() => setLooking(!looking)}
            >
              {say("forms.preview")}
            </Button>
          </>
        }
        left={<Palette {...drawing} />}
        right={<Properties {...drawing} />}
        where={where}
        onPick={pick}
      >
        {looking ? <Preview {...drawing} /> : <Canvas {...drawing} />}
      </Frame>
    </FieldDragging>
  )
}

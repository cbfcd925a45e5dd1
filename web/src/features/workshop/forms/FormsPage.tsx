import { type FormDocument, formBegun, formIn } from "../../../kernel/faces/design"
import { useWords } from "../../../ui/words"
import { FaceList } from "../faces/FaceList"

/** Every form there is, and a new one. */
export function FormsPage() {
  const say = useWords()
  return (
    <FaceList<FormDocument>
      kind="form"
      home="forms"
      title={say("forms.title")}
      hint={say("forms.hint")}
      about={(doc) =>
        formIn(doc)
          .purpose.map((one) => say(`forms.purpose.${one}`))
          .join("、")
      }
      start={formBegun}
    />
  )
}

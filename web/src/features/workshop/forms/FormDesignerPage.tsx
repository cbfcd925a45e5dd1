import { useSuspenseQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { catalog } from "../../../data/recipes"
import { type FormDocument, formIn } from "../../../kernel/faces/design"
import { Empty } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { useDraft } from "../faces/useDraft"
import { FormDesigner } from "./FormDesigner"

/** One form in the designer. */
export function FormDesignerPage() {
  const { key } = useParams({ from: "/inside/workshop/forms/$key" })
  return <Opened key={key} form={key} />
}

function Opened({ form }: { form: string }) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const draft = useDraft<FormDocument>("form", form, formIn)
  const object = draft && known.object(draft.now.object)
  if (!draft || !object) return <Empty title={say("faces.missing")} />
  return <FormDesigner draft={draft} object={object} />
}

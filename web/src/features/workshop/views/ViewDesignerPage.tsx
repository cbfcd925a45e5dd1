import { useSuspenseQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { catalog } from "../../../data/recipes"
import { type ViewDocument, viewIn } from "../../../kernel/faces/view"
import { Empty } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { useDraft } from "../faces/useDraft"
import { ViewDesigner } from "./ViewDesigner"

/** One view in the designer. */
export function ViewDesignerPage() {
  const { key } = useParams({ from: "/inside/workshop/views/$key" })
  return <Opened key={key} view={key} />
}

function Opened({ view }: { view: string }) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const draft = useDraft<ViewDocument>("view", view, viewIn)
  const object = draft && known.object(draft.now.object)
  if (!draft || !object) return <Empty title={say("faces.missing")} />
  return <ViewDesigner draft={draft} object={object} />
}

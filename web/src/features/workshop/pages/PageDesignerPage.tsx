import { useSuspenseQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { catalog } from "../../../data/recipes"
import { type PageDocument, pageIn } from "../../../kernel/faces/page"
import { Empty } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { useDraft } from "../faces/useDraft"
import { PageDesigner } from "./PageDesigner"

/** One record page in the designer. */
export function PageDesignerPage() {
  const { key } = useParams({ from: "/inside/workshop/pages/$key" })
  return <Opened key={key} page={key} />
}

function Opened({ page }: { page: string }) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const draft = useDraft<PageDocument>("page", page, pageIn)
  const object = draft && known.object(draft.now.object)
  if (!draft || !object) return <Empty title={say("faces.missing")} />
  return <PageDesigner draft={draft} object={object} />
}

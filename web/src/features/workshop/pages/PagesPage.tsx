import { type PageDocument, pageBegun, pageIn } from "../../../kernel/faces/page"
import { useWords } from "../../../ui/words"
import { FaceList } from "../faces/FaceList"

/** Every record page there is, and a new one. */
export function PagesPage() {
  const say = useWords()
  return (
    <FaceList<PageDocument>
      kind="page"
      home="pages"
      title={say("pages.title")}
      hint={say("pages.hint")}
      about={(doc) => say("pages.about", { n: pageIn(doc).columns.length })}
      start={pageBegun}
    />
  )
}

import { type ViewDocument, viewBegun } from "../../../kernel/faces/view"
import { useWords } from "../../../ui/words"
import { FaceList } from "../faces/FaceList"

/** Every view of the configuration, and a new one. */
export function ViewsPage() {
  const say = useWords()
  return (
    <FaceList<ViewDocument>
      kind="view"
      home="views"
      title={say("views.title")}
      hint={say("views.hint")}
      about={(doc) => say(`views.layout.${doc.layout ?? "table"}`)}
      start={viewBegun}
    />
  )
}

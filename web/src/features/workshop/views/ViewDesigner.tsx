import type { DragEndEvent } from "@dnd-kit/core"
import type { Complaint } from "../../../data/fault"
import { columnLabel, reordered, type ViewDocument } from "../../../kernel/faces/view"
import type { ObjectMeta } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import { Dragging, textIn } from "../faces/Dragging"
import { Frame } from "../faces/Frame"
import type { Draft } from "../faces/useDraft"
import { ColumnPalette } from "./parts/ColumnPalette"
import { Sample } from "./parts/Sample"
import { ViewProperties } from "./parts/ViewProperties"
import "../../../ui/lines.css"
import "./views.css"

export interface ViewDrawing {
  view: ViewDocument
  object: ObjectMeta
  change: (view: ViewDocument) => void
  problems: readonly Complaint[]
}

/** The view designer: columns on the left, some records as they would be shown, conditions on the right. */
export function ViewDesigner({
  draft,
  object,
}: {
  draft: Draft<ViewDocument>
  object: ObjectMeta
}) {
  const say = useWords()
  const view = draft.now
  const drawing: ViewDrawing = { view, object, change: draft.set, problems: draft.problems }

  function drop(held: string, { over }: DragEndEvent) {
    const [kind, name = ""] = String(over?.id).split("::")
    const to = kind === "column" ? view.select.indexOf(name) : view.select.length
    draft.set({ ...view, select: reordered(view.select, held, to) })
  }
  return (
    <Dragging
      read={(told) => textIn(told.field)}
      first="column::"
      hint={say("faces.drag.keys")}
      named={(held) => columnLabel(object, held)}
      onDrop={drop}
    >
      <Frame
        draft={draft}
        home="views"
        title={[object.label, view.label]}
        left={<ColumnPalette {...drawing} />}
        right={<ViewProperties {...drawing} />}
        where={(one) => placeName(one.path, say)}
        onPick={() => undefined}
      >
        <Sample {...drawing} />
      </Frame>
    </Dragging>
  )
}

function placeName(path: string, say: ReturnType<typeof useWords>): string {
  const member = /^documents\[0\]\.(\w+)/.exec(path)?.[1]
  switch (member) {
    case "select":
      return say("views.columns")
    case "where":
      return say("views.where")
    case "order":
      return say("views.order")
    case "group":
    case "group_order":
    case "measures":
      return say("views.group")
    default:
      return say("faces.roles")
  }
}

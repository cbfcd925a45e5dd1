import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { useState } from "react"
import type { Complaint } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { saidIn } from "../../../kernel/design/object"
import { columnLabel, reordered, type ViewDocument } from "../../../kernel/faces/view"
import type { ObjectMeta } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import { announcing } from "../faces/announcing"
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

const FAR = 5

/** The view designer: columns on the left, some records as they would be shown, conditions on the right. */
export function ViewDesigner({
  draft,
  object,
}: {
  draft: Draft<ViewDocument>
  object: ObjectMeta
}) {
  const say = useWords()
  const language = useLanguage()
  const [held, setHeld] = useState<string>()
  const view = draft.now
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: FAR } }))
  const drawing: ViewDrawing = { view, object, change: draft.set, problems: draft.problems }

  function drop({ over }: DragEndEvent) {
    setHeld(undefined)
    if (!over || !held) return
    const [kind, name = ""] = String(over.id).split("::")
    const to = kind === "column" ? view.select.indexOf(name) : view.select.length
    draft.set({ ...view, select: reordered(view.select, held, to) })
  }
  return (
    <DndContext
      sensors={sensors}
      accessibility={{
        announcements: announcing(say),
        screenReaderInstructions: { draggable: say("faces.drag.keys") },
      }}
      collisionDetection={(args) => {
        const hit = pointerWithin(args)
        const columns = hit.filter((one) => String(one.id).startsWith("column::"))
        return columns.length > 0 ? columns : hit
      }}
      onDragStart={({ active }) => setHeld(String(active.data.current?.column ?? ""))}
      onDragCancel={() => setHeld(undefined)}
      onDragEnd={drop}
    >
      <Frame
        draft={draft}
        home="views"
        title={
          <h1 className="drawing-title">
            {object.label} <span className="faint">/</span> {saidIn(view.label, language)}
          </h1>
        }
        left={<ColumnPalette {...drawing} />}
        right={<ViewProperties {...drawing} />}
        where={(one) => placeName(one.path, say)}
        onPick={() => undefined}
      >
        <Sample {...drawing} />
      </Frame>
      <DragOverlay dropAnimation={null}>
        {held && <div className="held-field">{columnLabel(object, held)}</div>}
      </DragOverlay>
    </DndContext>
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
      return say("views.group")
    default:
      return say("faces.roles")
  }
}

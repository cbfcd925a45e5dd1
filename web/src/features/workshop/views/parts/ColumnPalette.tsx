import { useDraggable } from "@dnd-kit/core"
import { GripVertical, Plus } from "lucide-react"
import { useState } from "react"
import type { FieldMeta } from "../../../../kernel/meta"
import { listable } from "../../../../kernel/shape"
import { Button } from "../../../../ui/button"
import { useWords } from "../../../../ui/words"
import type { ViewDrawing } from "../ViewDesigner"

/** The fields that are no columns yet. */
export function ColumnPalette({ view, object, change }: ViewDrawing) {
  const say = useWords()
  const [text, setText] = useState("")
  const rest = object.fields.filter(
    (one) => !view.select.includes(one.key) && (listable(one) || one.kind === "long_text"),
  )
  return (
    <>
      <h2 className="pane-title">
        {say("views.columns")} <span className="faint">{rest.length}</span>
      </h2>
      <input
        className="input"
        aria-label={say("forms.find")}
        placeholder={say("forms.find")}
        value={text}
        onChange={(event) => setText(event.target.value.toLowerCase())}
      />
      <ul className="palette-fields">
        {rest
          .filter((one) => `${one.label} ${one.key}`.toLowerCase().includes(text))
          .map((one) => (
            <Offered
              key={one.key}
              field={one}
              onAdd={() => change({ ...view, select: [...view.select, one.key] })}
            />
          ))}
      </ul>
    </>
  )
}

function Offered({ field, onAdd }: { field: FieldMeta; onAdd: () => void }) {
  const say = useWords()
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `offered::${field.key}`,
    data: { column: field.key },
  })
  return (
    <li ref={setNodeRef} className="palette-field" data-held={isDragging} {...listeners}>
      <GripVertical size={14} aria-hidden="true" />
      <span className="clip">{field.label}</span>
      <Button
        small
        look="quiet"
        aria-label={say("forms.add", { field: field.label })}
        icon={<Plus size={14} />}
        onClick={onAdd}
      />
    </li>
  )
}

import { useDraggable } from "@dnd-kit/core"
import { GripVertical, Plus } from "lucide-react"
import { type ReactNode, useState } from "react"
import type { FieldMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"

interface OfferedProps {
  id: string
  /** What the dragged thing says of itself. */
  data: Record<string, unknown>
  label: string
  mark?: ReactNode
  onAdd: () => void
}

/** Something that can be dragged to the canvas, or put there by a click. */
export function Offered({ id, data, label, mark, onAdd }: OfferedProps) {
  const say = useWords()
  const { setNodeRef, listeners, isDragging } = useDraggable({ id, data })
  return (
    <li ref={setNodeRef} className="palette-field" data-held={isDragging} {...listeners}>
      <GripVertical size={14} aria-hidden="true" />
      <span className="clip" title={label}>
        {label}
        {mark}
      </span>
      <Button
        small
        look="quiet"
        aria-label={say("forms.add", { field: label })}
        icon={<Plus size={14} />}
        onClick={onAdd}
      />
    </li>
  )
}

/** The fields that are not drawn yet, and a line to find one of them. */
export function OfferedFields({
  title,
  fields,
  onAdd,
}: {
  title: string
  fields: readonly FieldMeta[]
  onAdd: (field: string) => void
}) {
  const say = useWords()
  const [text, setText] = useState("")
  return (
    <>
      <h2 className="pane-title">
        {title} <span className="faint">{fields.length}</span>
      </h2>
      <input
        className="input"
        aria-label={say("forms.find")}
        placeholder={say("forms.find")}
        value={text}
        onChange={(event) => setText(event.target.value.toLowerCase())}
      />
      <ul className="palette-fields">
        {fields
          .filter((one) => `${one.label} ${one.key}`.toLowerCase().includes(text))
          .map((one) => (
            <Offered
              key={one.key}
              id={`offered:${one.key}`}
              data={{ field: one.key }}
              label={one.label}
              mark={one.required && <span className="form-needed"> *</span>}
              onAdd={() => onAdd(one.key)}
            />
          ))}
      </ul>
    </>
  )
}

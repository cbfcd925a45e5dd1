import { useDraggable } from "@dnd-kit/core"
import { GripVertical, Plus } from "lucide-react"
import { useState } from "react"
import { put, roomOf, rooms, spotOf, unplaced } from "../../../../kernel/faces/design"
import type { FieldMeta } from "../../../../kernel/meta"
import { Button } from "../../../../ui/button"
import { useWords } from "../../../../ui/words"
import type { Drawing } from "../FormDesigner"

/** The fields that are not on the form yet; a click puts one behind what is chosen. */
export function Palette({ form, object, choice, choose, change }: Drawing) {
  const say = useWords()
  const [text, setText] = useState("")
  const rest = unplaced(object, form)
  const shown = rest.filter((one) => `${one.label} ${one.key}`.toLowerCase().includes(text))

  function add(field: string) {
    const behind = choice.what === "field" ? spotOf(form, choice.field) : undefined
    const room = choice.what === "section" ? choice.room : (rooms(form).at(-1) ?? undefined)
    const to = behind
      ? { ...behind, index: behind.index + 1 }
      : room && { ...room, index: roomOf(form, room)?.fields.length ?? 0 }
    if (!to) return
    change(put(form, field, to))
    choose({ what: "field", field })
  }
  return (
    <>
      <h2 className="pane-title">
        {say("forms.fields")} <span className="faint">{rest.length}</span>
      </h2>
      <input
        className="input"
        aria-label={say("forms.find")}
        placeholder={say("forms.find")}
        value={text}
        onChange={(event) => setText(event.target.value.toLowerCase())}
      />
      <ul className="palette-fields">
        {shown.map((one) => (
          <PaletteField key={one.key} field={one} onAdd={() => add(one.key)} />
        ))}
      </ul>
      {rest.length === 0 && <p className="soft pane-note">{say("forms.all_placed")}</p>}
      <p className="soft pane-note">{say("forms.drag.hint")}</p>
    </>
  )
}

function PaletteField({ field, onAdd }: { field: FieldMeta; onAdd: () => void }) {
  const say = useWords()
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `palette:${field.key}`,
    data: { field: field.key },
  })
  return (
    <li ref={setNodeRef} className="palette-field" data-held={isDragging} {...listeners}>
      <GripVertical size={14} aria-hidden="true" />
      <span className="clip" title={field.key}>
        {field.label}
        {field.required && <span className="form-needed"> *</span>}
      </span>
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

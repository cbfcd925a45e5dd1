import { useRef, useState } from "react"
import { Edit } from "../../../fields/edit"
import type { FieldMeta, Value } from "../../../kernel/meta"

interface Props {
  field: FieldMeta
  value: Value | undefined
  name?: string
  /** Without a value nothing is to be changed. */
  onDone: (value?: Value, name?: string) => void
}

const AT_ONCE = new Set(["option", "user", "lookup", "boolean", "rating"])

/** A value changed where it stands: Enter keeps it, Escape leaves it. */
export function CellEditor({ field, value, name, onDone }: Props) {
  const [draft, setDraft] = useState<{ value: Value; name?: string }>({
    value: value ?? null,
    name,
  })
  const over = useRef(false)
  const picking = AT_ONCE.has(field.kind) || field.kind === "tags" || field.kind === "options"
  function done(keep: boolean, given = draft) {
    if (over.current) return
    over.current = true
    if (keep) onDone(given.value, given.name)
    else onDone()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the field inside
    <div
      className="cell-editor"
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === "Escape") done(false)
        if (event.key === "Enter" && !event.shiftKey && !picking) done(true)
      }}
      onBlur={(event) => {
        const inside =
          event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
        const floating =
          event.relatedTarget instanceof Element && event.relatedTarget.closest(".float")
        if (!inside && !floating)
          done(!picking || field.kind === "tags" || field.kind === "options")
      }}
    >
      <Edit
        field={field}
        value={draft.value}
        name={draft.name}
        autoFocus
        onChange={(next, called) => {
          const given = { value: next, name: called }
          setDraft(given)
          if (AT_ONCE.has(field.kind)) done(true, given)
        }}
      />
    </div>
  )
}

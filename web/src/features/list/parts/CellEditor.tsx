import { useRef, useState } from "react"
import { type Along, BesideFields, besideOf } from "../../../fields/beside"
import { Edit } from "../../../fields/edit"
import type { FieldMeta, ObjectMeta, RecordData, Value } from "../../../kernel/meta"

interface Props {
  object: ObjectMeta
  record: RecordData
  field: FieldMeta
  name?: string
  /** Without a value nothing is to be changed. */
  onDone: (value?: Value, name?: string, along?: Along) => void
}

const AT_ONCE = new Set(["option", "user", "lookup", "boolean", "rating"])

/** A value changed where it stands: Enter keeps it, Escape leaves it. */
export function CellEditor({ object, record, field, name, onDone }: Props) {
  const [draft, setDraft] = useState<{ value: Value; name?: string }>({
    value: record[field.key] ?? null,
    name,
  })
  const [along, setAlong] = useState<Along>({})
  const beside = besideOf(object, record, along, ({ [field.key]: own, ...others }) => {
    if (own !== undefined) setDraft({ value: own })
    setAlong((now) => ({ ...now, ...others }))
  })
  const over = useRef(false)
  const picking = AT_ONCE.has(field.kind) || field.kind === "tags" || field.kind === "options"
  function done(keep: boolean, given = draft) {
    if (over.current) return
    over.current = true
    if (keep) onDone(given.value, given.name, along)
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
        // An open list inside has its own use for keys.
        if (event.defaultPrevented) return
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
      <BesideFields.Provider value={beside}>
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
      </BesideFields.Provider>
    </div>
  )
}

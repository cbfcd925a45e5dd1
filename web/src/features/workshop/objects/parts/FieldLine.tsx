import { useSortable } from "@dnd-kit/sortable"
import { CircleAlert, GripVertical } from "lucide-react"
import type { Language } from "../../../../data/preferences"
import { type FieldDocument, saidIn } from "../../../../kernel/design/object"
import type { KindOf } from "../../../../kernel/design/schema"
import { useWords } from "../../../../ui/words"
import { KindIcon } from "../kind_icons"

interface Props {
  field: FieldDocument
  kind: KindOf | undefined
  title: boolean
  picked: boolean
  wrong: string | undefined
  language: Language
  onPick: () => void
}

/** One field in the order of the object. */
export function FieldLine({ field, kind, title, picked, wrong, language, onPick }: Props) {
  const say = useWords()
  const sortable = useSortable({ id: field.key })
  const label = saidIn(field.label, language) || field.key
  const marks = [
    title && say("field.title"),
    field.required === true && say("field.required"),
    field.unique === true && say("field.unique"),
    field.system === true && say("field.system"),
  ].filter((one) => one !== false)
  const style = {
    transform: sortable.transform ? `translateY(${sortable.transform.y}px)` : undefined,
    transition: sortable.transition,
  }
  return (
    <li
      ref={sortable.setNodeRef}
      style={style}
      className="field-line"
      data-picked={picked || undefined}
      data-wrong={wrong !== undefined || undefined}
    >
      <button
        type="button"
        className="field-grip"
        {...sortable.attributes}
        {...sortable.listeners}
        aria-label={say("field.move", { label })}
      >
        <GripVertical size={14} aria-hidden="true" />
      </button>
      <button type="button" className="field-name" aria-pressed={picked} onClick={onPick}>
        <KindIcon kind={field.kind} />
        <span className="clip">{label}</span>
        <span className="field-key clip">{field.key}</span>
        {wrong !== undefined && (
          <span className="field-wrong clip" title={wrong}>
            <CircleAlert size={14} aria-hidden="true" />
            {wrong}
          </span>
        )}
        <span className="field-marks">
          {marks.map((one) => (
            <span key={one}>{one}</span>
          ))}
        </span>
        <span className="field-kind clip">{kind?.label ?? field.kind}</span>
      </button>
    </li>
  )
}

import { colorOf } from "../../../kernel/format"
import type { FieldMeta } from "../../../kernel/meta"
import type { Place } from "../place"
import { useWriting } from "../writing"

/** How far the record has come; a click moves it on. */
export function StageBar({ object, record, known, stage }: Place & { stage: FieldMeta }) {
  const write = useWriting({ object, record, known })
  const now = stage.options.findIndex((one) => one.key === record[stage.key])
  const writable = object.may.update && stage.update
  return (
    <div className="stages" role="group" aria-label={stage.label}>
      {stage.options
        .filter((one) => !one.stopped)
        .map((one, at) => (
          <button
            key={one.key}
            type="button"
            className="stage"
            disabled={!writable}
            data-state={at === now ? "now" : at < now ? "past" : "next"}
            data-color={at === now ? colorOf(one.key, one.color || "teal") : undefined}
            aria-pressed={at === now}
            onClick={() => write(stage, one.key)}
          >
            <span className="clip">{one.label}</span>
          </button>
        ))}
    </div>
  )
}

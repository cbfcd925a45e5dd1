import { fieldOf } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"

const PARTS = [
  "quality_completeness",
  "quality_validity",
  "quality_freshness",
  "quality_uniqueness",
]
const ALIKE = 85

/** How good the record is, of what that is made, and whether another one is much like it. */
export function Score({ object, record, onAlike }: Place & { onAlike?: () => void }) {
  const say = useWords()
  const field = fieldOf(object, "quality")
  const score = record.quality
  if (!field || typeof score !== "number") return null
  const parts = PARTS.flatMap((key) => {
    const part = fieldOf(object, key)
    const value = record[key]
    return part && typeof value === "number" ? [`${part.label} ${value}`] : []
  })
  const alike = typeof record.quality_alike === "number" && record.quality_alike >= ALIKE
  return (
    <>
      <span
        className="record-quality"
        data-grade={score >= 85 ? "good" : score >= 60 ? "fair" : "poor"}
        title={parts.join(" · ")}
      >
        {say("health.score")} <strong>{score}</strong>
      </span>
      {alike && onAlike && (
        <button type="button" className="record-alike" onClick={onAlike}>
          {say("alike.hint")}
        </button>
      )}
    </>
  )
}

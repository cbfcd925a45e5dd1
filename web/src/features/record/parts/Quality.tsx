import { fieldOf } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"

const PARTS = ["completeness", "validity", "freshness", "uniqueness"]

/** How good the record is: the score, and the parts it is made of, as far as one sees them. */
export function Quality({ object, record, label }: Place & { label?: string }) {
  const say = useWords()
  const score = fieldOf(object, "quality")
  if (!score || record.quality === null || record.quality === undefined) return null
  const parts = PARTS.flatMap((one) => fieldOf(object, `quality_${one}`) ?? [])
  const title = label ?? say("record.quality")
  return (
    <section className="record-block" aria-label={title}>
      <h2>
        {title} <span className="faint">{Math.round(Number(record.quality))}</span>
      </h2>
      <dl className="quality">
        {parts
          .filter((one) => record[one.key] !== null && record[one.key] !== undefined)
          .map((one) => (
            <div key={one.key}>
              <dt>{one.label}</dt>
              <dd>
                <meter min={0} max={100} value={Number(record[one.key])} aria-label={one.label} />
                <span>{Math.round(Number(record[one.key]))}</span>
              </dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

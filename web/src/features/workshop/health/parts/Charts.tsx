import { Link } from "@tanstack/react-router"
import type { ObjectMeta } from "../../../../kernel/meta"
import { useWords } from "../../../../ui/words"
import { type Health, SCORE } from "../api"

/** How many records have which score; a column opens its records. */
export function Distribution({ told, object }: { told: Health; object: ObjectMeta }) {
  const most = Math.max(1, ...told.distribution.map((one) => one.records))
  return (
    <ol className="health-columns">
      {told.distribution.map((one) => (
        <li key={one.from}>
          <Link
            to="/desk/$object"
            params={{ object: object.key }}
            search={{ where: `${SCORE} >= ${one.from} and ${SCORE} <= ${one.to}`, order: SCORE }}
            title={`${one.from}–${one.to}: ${one.records.toLocaleString()}`}
          >
            <span className="health-count" data-none={one.records === 0}>
              {one.records.toLocaleString()}
            </span>
            <span
              className="health-column"
              data-grade={one.from >= 80 ? "good" : one.from >= 60 ? "fair" : "poor"}
              style={{ height: `${Math.max(one.records ? 3 : 1, (one.records / most) * 120)}px` }}
            />
            <span className="faint">
              {one.from}
              <span className="health-to">–{one.to}</span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}

const WIDE = 600
const HIGH = 120

/** The average day by day; a single day is no line yet. */
export function Trend({ told }: { told: Health }) {
  const say = useWords()
  const days = told.trend
    .map((one) => ({ day: String(one.day), score: Number(one[SCORE]) }))
    .filter((one) => Number.isFinite(one.score))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || days.length < 2) return <p className="soft">{say("health.trend.none")}</p>
  const scores = days.map((one) => one.score)
  const floor = Math.max(0, Math.min(...scores) - 5)
  const roof = Math.min(100, Math.max(...scores) + 5)
  const x = (at: number) => (at / (days.length - 1)) * WIDE
  const y = (score: number) => HIGH - ((score - floor) / (roof - floor || 1)) * HIGH
  const line = days.map((one, at) => `${x(at).toFixed(1)},${y(one.score).toFixed(1)}`).join(" ")
  return (
    <figure className="health-trend">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img">
        <title>{`${first.day} ${first.score} → ${last.day} ${last.score}`}</title>
        <polyline points={line} />
      </svg>
      <figcaption className="faint">
        <span>
          {first.day} · {first.score}
        </span>
        <span>
          {last.day} · {last.score}
        </span>
      </figcaption>
    </figure>
  )
}

import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link, useNavigate, useSearch } from "@tanstack/react-router"
import { Fault } from "../../../data/fault"
import { catalog } from "../../../data/recipes"
import { fieldOf, type ObjectMeta } from "../../../kernel/meta"
import { byWeight } from "../../../kernel/shape"
import { PersonTag } from "../../../ui/chip"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { ObjectTop } from "../ObjectTop"
import { type Health, quality, SCORE } from "./api"
import "./health.css"
import { Distribution, Trend } from "./parts/Charts"

const PARTS = [
  "quality_completeness",
  "quality_validity",
  "quality_freshness",
  "quality_uniqueness",
] as const
const FIELDS = 12

/** How good the records are: the score, what drags it down, who could mend it, where it is going. */
export function HealthPage() {
  const say = useWords()
  const search = useSearch({ from: "/inside/workshop/health" })
  const navigate = useNavigate({ from: "/workshop/health" })
  const { data: known } = useSuspenseQuery(catalog())
  const objects = byWeight(known.objects.filter((one) => one.may.read && fieldOf(one, SCORE)))
  const object = objects.find((one) => one.key === search.object) ?? objects[0]
  const found = useQuery({ ...quality.of(object?.key ?? ""), enabled: object !== undefined })
  if (!object) return <Empty title={say("health.none")} hint={say("health.none.hint")} />
  return (
    <>
      <ObjectTop
        title={say("health.title")}
        objects={objects}
        chosen={object.key}
        onChoose={(chosen) => void navigate({ search: { object: chosen } })}
      />
      <div className="health">
        {found.isPending && <Bones lines={10} height={24} />}
        {found.error && (
          <Trouble
            error={found.error instanceof Fault ? found.error : String(found.error)}
            retry={() => void found.refetch()}
          />
        )}
        {found.data && <Report told={found.data} object={object} />}
      </div>
    </>
  )
}

function Report({ told, object }: { told: Health; object: ObjectMeta }) {
  const say = useWords()
  const score = told.average[SCORE]
  return (
    <>
      <section className="health-figures" aria-label={say("health.score")}>
        <div className="health-score" data-grade={gradeOf(score)}>
          <strong>{score ?? "—"}</strong>
          <span className="soft">
            {say("health.average", { n: told.records.toLocaleString(), object: object.plural })}
          </span>
        </div>
        {PARTS.filter((one) => told.average[one] !== undefined).map((one) => (
          <div key={one} className="health-part" data-grade={gradeOf(told.average[one])}>
            <span className="soft">{fieldOf(object, one)?.label ?? one}</span>
            <strong>{told.average[one] ?? "—"}</strong>
            <meter
              min={0}
              max={100}
              value={told.average[one] ?? 0}
              aria-label={fieldOf(object, one)?.label ?? one}
            />
            {one === "quality_uniqueness" && object.may.merge && (
              <Link
                to="/workshop/duplicates"
                search={{ object: object.key }}
                className="value-link health-next"
              >
                {say("health.merge")}
              </Link>
            )}
          </div>
        ))}
      </section>
      <section className="health-panel">
        <h2>{say("health.distribution")}</h2>
        <Distribution told={told} object={object} />
      </section>
      <section className="health-panel">
        <h2>{say("health.trend")}</h2>
        <Trend told={told} />
      </section>
      <section className="health-panel">
        <h2>{say("health.fields")}</h2>
        <WorstFields told={told} object={object} />
      </section>
      <section className="health-panel">
        <h2>{say("health.owners")}</h2>
        <WorstOwners told={told} object={object} />
      </section>
    </>
  )
}

function gradeOf(score: number | null | undefined): string {
  if (score === null || score === undefined) return "none"
  return score >= 85 ? "good" : score >= 60 ? "fair" : "poor"
}

function WorstFields({ told, object }: { told: Health; object: ObjectMeta }) {
  const say = useWords()
  const lacking = (one: Health["fields"][number]) => one.records - one.filled
  const worst = told.fields
    .filter((one) => one.weight > 0 && (lacking(one) > 0 || invalid(one) > 0))
    .slice(0, FIELDS)
  if (worst.length === 0) return <p className="soft">{say("health.fine")}</p>
  return (
    <table className="health-table">
      <thead>
        <tr>
          <th scope="col">{say("filter.field")}</th>
          <th scope="col">{say("health.filled")}</th>
          <th scope="col">{say("health.lacking")}</th>
          <th scope="col">{say("health.invalid")}</th>
        </tr>
      </thead>
      <tbody>
        {worst.map((one) => (
          <tr key={one.field}>
            <th scope="row">{one.label}</th>
            <td>
              <span className="health-filled">
                <meter min={0} max={one.records || 1} value={one.filled} aria-label={one.label} />
                {share(one.filled, one.records)}
              </span>
            </td>
            <td>
              {lacking(one) > 0 ? (
                <Link
                  to="/desk/$object"
                  params={{ object: object.key }}
                  search={{ where: `${one.field} is empty` }}
                  className="value-link"
                >
                  {lacking(one).toLocaleString()}
                </Link>
              ) : (
                "0"
              )}
            </td>
            <td>{one.valid === null ? "—" : invalid(one).toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Never 100% while something is missing, never 0% while something is there. */
function share(some: number, all: number): string {
  if (all === 0 || some === 0) return "0%"
  return some === all ? "100%" : `${Math.min(99, Math.max(1, Math.round((some / all) * 100)))}%`
}

function invalid(one: Health["fields"][number]): number {
  return one.valid === null ? 0 : Math.max(0, one.filled - one.valid)
}

function WorstOwners({ told, object }: { told: Health; object: ObjectMeta }) {
  const say = useWords()
  if (told.owners.length === 0) return <p className="soft">{say("health.fine")}</p>
  return (
    <table className="health-table">
      <thead>
        <tr>
          <th scope="col">{say("entry.owner")}</th>
          <th scope="col">{say("health.score")}</th>
          <th scope="col">{object.plural}</th>
        </tr>
      </thead>
      <tbody>
        {told.owners.map((one) => (
          <tr key={one.owner?.id ?? ""}>
            <th scope="row">
              {one.owner ? <PersonTag name={one.owner.name} /> : say("health.nobody")}
            </th>
            <td data-grade={gradeOf(one.quality)}>{one.quality ?? "—"}</td>
            <td>
              <Link
                to="/desk/$object"
                params={{ object: object.key }}
                search={{
                  where: one.owner ? `owner = "${one.owner.id}"` : "owner is empty",
                  order: SCORE,
                }}
                className="value-link"
              >
                {one.records.toLocaleString()}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

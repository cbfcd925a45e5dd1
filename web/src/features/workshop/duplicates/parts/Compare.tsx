import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { ArrowLeftRight, Check, X } from "lucide-react"
import { useState } from "react"
import { catalog, people, records } from "../../../../data/recipes"
import { Shown } from "../../../../fields/show"
import { quoted } from "../../../../kernel/expression/write"
import type { FieldMeta, ObjectMeta, RecordData } from "../../../../kernel/meta"
import { factsOf } from "../../../../kernel/shape"
import { Button } from "../../../../ui/button"
import { useMerging } from "../../../../ui/merging"
import { Bones, Trouble } from "../../../../ui/states"
import { useWords } from "../../../../ui/words"
import type { Pair } from "../api"
import { Weights } from "./Weights"

interface Props {
  object: ObjectMeta
  pair: Pair
  onSame: (keep: Pair["a"]) => void
  onDifferent: () => void
  onGone: () => void
}

/** Two records side by side: what agrees, what does not, and how much each of it counts. */
export function Compare({ object, pair, onSame, onDifferent, onGone }: Props) {
  const say = useWords()
  const merging = useMerging()
  const { data: known } = useSuspenseQuery(catalog())
  const { data: everybody } = useQuery(people())
  const [keep, setKeep] = useState(pair.a)
  const shown = factsOf(object)
  const where = `id in [${quoted(pair.a.id)}, ${quoted(pair.b.id)}]`
  const select = ["id", ...new Set(shown.flatMap((one) => known.asked(one)))]
  const found = useQuery(records.page(object.key, { where, select, limit: 2 }))
  const sides = [pair.a, pair.b].map((one) => found.data?.items.find((each) => each.id === one.id))
  const fields = shown
    .filter((field) => sides.some((one) => one && filled(one, field)))
    .sort((one, other) => rank(pair, one) - rank(pair, other))
  const nameOf = (id: string) => everybody?.find((one) => one.id === id)?.name
  return (
    <section className="compare" aria-label={say("duplicates.compare")}>
      <div className="compare-deeds">
        <Button look="main" icon={<Check size={15} />} onClick={() => onSame(keep)}>
          {say("duplicates.same")} <kbd>y</kbd>
        </Button>
        <Button icon={<X size={15} />} onClick={onDifferent}>
          {say("duplicates.different")} <kbd>n</kbd>
        </Button>
        <Button
          look="quiet"
          icon={<ArrowLeftRight size={15} />}
          onClick={() =>
            merging.open({ object: object.key, ids: [pair.a.id, pair.b.id], merged: onGone })
          }
        >
          {say("duplicates.choose")}
        </Button>
        <span className="faint compare-keys">{say("duplicates.keys")}</span>
      </div>
      {found.error && <Trouble error={found.error} />}
      {found.isPending && <Bones lines={9} height={22} />}
      <div className="compare-scroll">
        <Weights object={object} pair={pair} />
        {found.data && (
          <table className="compare-table">
            <thead>
              <tr>
                <th scope="col">{say("duplicates.keep")}</th>
                {[pair.a, pair.b].map((one) => (
                  <th key={one.id} scope="col">
                    <label>
                      <input
                        type="radio"
                        name="keep"
                        checked={keep.id === one.id}
                        onChange={() => setKeep(one)}
                      />{" "}
                      {one.title}
                    </label>
                    <Link
                      to="/desk/$object/$id"
                      params={{ object: object.key, id: one.id }}
                      className="value-link"
                      target="_blank"
                    >
                      {say("duplicates.open")}
                    </Link>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.key} data-state={stateOf(sides, field)}>
                  <th scope="row">{field.label}</th>
                  {sides.map((one, at) => (
                    <td key={at === 0 ? "a" : "b"}>
                      <Shown
                        field={field}
                        value={one?.[field.key]}
                        name={one && known.named(one, field)}
                        nameOf={nameOf}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}

function filled(record: RecordData, field: FieldMeta): boolean {
  const value = record[field.key]
  return value !== null && value !== undefined && value !== "" && String(value) !== ""
}

/** What was compared comes first, the weightiest on top. */
function rank(pair: Pair, field: FieldMeta): number {
  const place = pair.reasons.findIndex((one) => one.field === field.key)
  return place < 0 ? pair.reasons.length : place
}

function stateOf(sides: (RecordData | undefined)[], field: FieldMeta): string {
  const [a, b] = sides
  if (!a || !b || !filled(a, field) || !filled(b, field)) return "alone"
  return JSON.stringify(a[field.key]) === JSON.stringify(b[field.key]) ? "same" : "different"
}

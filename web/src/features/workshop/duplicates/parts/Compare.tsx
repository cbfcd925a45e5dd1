import { Link } from "@tanstack/react-router"
import { ArrowLeftRight, Check, X } from "lucide-react"
import { useState } from "react"
import { type Side, SideBySide, useSides } from "../../../../fields/side_by_side"
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
  const [keep, setKeep] = useState(pair.a)
  const { found, items, shown } = useSides(object, [pair.a.id, pair.b.id])
  const sides = [pair.a, pair.b].map((one) => ({
    ...one,
    record: items.find((each) => each.id === one.id),
  }))
  const fields = factsOf(object)
    .filter((field) => sides.some((one) => filled(one.record, field)))
    .sort((one, other) => rank(pair, one) - rank(pair, other))
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
          <SideBySide
            label={say("duplicates.keep")}
            sides={sides}
            fields={fields}
            keep={keep.id}
            onKeep={(id) => setKeep(id === pair.a.id ? pair.a : pair.b)}
            shown={shown}
            beside={(side) => (
              <Link
                to="/desk/$object/$id"
                params={{ object: object.key, id: side.id }}
                className="value-link"
                target="_blank"
              >
                {say("duplicates.open")}
              </Link>
            )}
            state={(field) => stateOf(sides, field)}
          />
        )}
      </div>
    </section>
  )
}

function filled(record: RecordData | undefined, field: FieldMeta): boolean {
  const value = record?.[field.key]
  return value !== null && value !== undefined && value !== "" && String(value) !== ""
}

/** What was compared comes first, the weightiest on top. */
function rank(pair: Pair, field: FieldMeta): number {
  const place = pair.reasons.findIndex((one) => one.field === field.key)
  return place < 0 ? pair.reasons.length : place
}

function stateOf(sides: readonly Side[], field: FieldMeta): string {
  if (!sides.every((one) => filled(one.record, field))) return "alone"
  const values = new Set(sides.map((one) => JSON.stringify(one.record?.[field.key])))
  return values.size === 1 ? "same" : "different"
}

import { useQuery } from "@tanstack/react-query"
import { Fault } from "../../../data/fault"
import { lineage } from "../../../data/lineage"
import { isoDay } from "../../../kernel/format"
import { wallNow } from "../../../kernel/zone"
import { Button } from "../../../ui/button"
import { Bones } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import { Facts } from "./Facts"
import { Timeline } from "./Timeline"

interface Props extends Place {
  day: string
  select: string[]
  onDay: (day: string | undefined) => void
}

/** The record as it was at the end of a day. */
export function Then({ day, select, onDay, ...place }: Props) {
  const say = useWords()
  const then = useQuery(lineage.onDay(place.object.key, place.record.id, day, select))
  const today = isoDay(wallNow())
  return (
    <>
      <div className="record-then" role="status">
        <label>
          {say("then.day")}{" "}
          <input
            type="date"
            className="input"
            value={day}
            max={today}
            onChange={(event) => event.target.value && onDay(event.target.value)}
          />
        </label>
        <span>
          {then.error instanceof Fault ? then.error.says : say(then.data ? "then.is" : "then.wait")}
        </span>
        <Button small onClick={() => onDay(undefined)}>
          {say("then.now")}
        </Button>
      </div>
      <div className="record-body">
        <section className="record-facts" aria-label={say("record.facts")}>
          {then.data && <Facts {...place} record={then.data} past />}
          {then.isPending && <Bones lines={8} height={16} />}
        </section>
        <section className="record-middle" aria-label={say("record.timeline")}>
          <Timeline {...place} />
        </section>
      </div>
    </>
  )
}

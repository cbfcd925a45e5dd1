import { useQuery, useQueryClient } from "@tanstack/react-query"
import { putAway, sweeps, worthShowing } from "../../../data/sweeps"
import type { ObjectMeta } from "../../../kernel/meta"
import { SweepCard } from "../../../ui/sweeps/SweepCard"
import { useWords } from "../../../ui/words"

/** The jobs over the records of a list: those that run, and those that ended while one was here. */
export function Sweeping({ object }: { object: ObjectMeta }) {
  const say = useWords()
  const client = useQueryClient()
  const { data } = useQuery({ ...sweeps.latest(object.key), structuralSharing: false })
  const shown = worthShowing(data ?? [])
  if (shown.length === 0) return null
  return (
    <aside className="sweeps" aria-label={say("sweep.title")}>
      {shown.map((one) => (
        <SweepCard
          key={one.id}
          sweep={one}
          object={object}
          onClose={() => putAway(client, one.id)}
        />
      ))}
    </aside>
  )
}

import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useLanguage } from "../../../data/preferences"
import { catalog } from "../../../data/recipes"
import { sweeps } from "../../../data/sweeps"
import { moment } from "../../../kernel/format"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { SweepCard } from "../../../ui/sweeps/SweepCard"
import { useWords } from "../../../ui/words"

/** What one did to very many records at once, newest first: watched, broken off, taken back. */
export function Jobs() {
  const say = useWords()
  const language = useLanguage()
  const { data: known } = useSuspenseQuery(catalog())
  const found = useQuery(sweeps.latest())
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Bones lines={4} />
  if (found.data.length === 0)
    return <Empty title={say("sweep.none")} hint={say("sweep.none.hint")} />
  return (
    <section className="me-part">
      <h2>{say("sweep.title")}</h2>
      <ul className="me-jobs">
        {found.data.map((one) => (
          <li key={one.id}>
            <SweepCard
              sweep={one}
              object={known.object(one.object)}
              when={moment(one.created_at, language, new Date())}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

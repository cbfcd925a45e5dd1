import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { ask } from "../../data/client"
import { useLanguage } from "../../data/preferences"
import { me } from "../../data/recipes"
import { useWords } from "../../ui/words"
import "./workshop.css"

interface Renewal {
  state: "none" | "waiting" | "running" | "done" | "failed"
  total: number | null
  done: number
  stopped?: Record<string, string> | null
  /** Records written meanwhile that may have been there already. */
  met: number
}

const EVERY = 3000

const renewal = () =>
  queryOptions({
    queryKey: ["renewal"],
    queryFn: ({ signal }) => ask<Renewal>("GET", "/renewal", { signal }),
    refetchInterval: ({ state }) => (underWay(state.data) ? EVERY : false),
    staleTime: 60_000,
  })

function underWay(told: Renewal | undefined): boolean {
  return told?.state === "waiting" || told?.state === "running"
}

/** After an upgrade: how far it is that older records are recognised and found by its rules. */
export function Renewing() {
  const say = useWords()
  const language = useLanguage()
  const { data: who } = useSuspenseQuery(me())
  const { data: told } = useQuery({ ...renewal(), enabled: who.configure })
  if (told?.state === "done" && told.met > 0)
    return (
      <p className="workshop-renewing" role="status">
        {say("renewal.met", { n: told.met.toLocaleString() })}
      </p>
    )
  if (!told || !(underWay(told) || told.state === "failed")) return null
  const failed = told.state === "failed"
  const share = told.total ? Math.min(1, told.done / told.total) : 0
  return (
    <section className="workshop-renewing" role="status">
      <strong>{say(failed ? "renewal.failed" : "renewal.busy")}</strong>
      {!failed && (
        <progress max={1} value={share} aria-label={say("renewal.busy")}>
          {Math.floor(share * 100)} %
        </progress>
      )}
      {!failed && told.total !== null && (
        <span className="soft">
          {told.done.toLocaleString()} / {told.total.toLocaleString()}
        </span>
      )}
      <small className="soft">{failed ? told.stopped?.[language] : say("renewal.hint")}</small>
    </section>
  )
}

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Inbox } from "lucide-react"
import { useMayWrite } from "../../data/looking"
import { useLanguage } from "../../data/preferences"
import { catalog } from "../../data/recipes"
import { moment } from "../../kernel/format"
import { Button } from "../../ui/button"
import { PersonTag } from "../../ui/chip"
import { tellFault } from "../../ui/toast"
import { useWords } from "../../ui/words"
import { decideWish, type Wish, wishes } from "./api"

/** Who asks for a record of mine: to see it, to work on it, to get it. Nothing if nobody does. */
export function Wishes() {
  const say = useWords()
  const writes = useMayWrite()
  const { data } = useQuery({ ...wishes.open(), enabled: writes })
  const mine = (data ?? []).filter((one) => one.record !== undefined)
  if (mine.length === 0) return null
  return (
    <section className="home-block" aria-label={say("wishes.title")}>
      <header>
        <h2>
          <Inbox size={15} /> {say("wishes.title")}
        </h2>
      </header>
      <ul>
        {mine.map((one) => (
          <Line key={one.id} wish={one} />
        ))}
      </ul>
    </section>
  )
}

function Line({ wish }: { wish: Wish }) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const { data: known } = useSuspenseQuery(catalog())
  const decide = useMutation({
    mutationFn: (decision: "grant" | "refuse") => decideWish(wish.id, decision),
    onSuccess: () => client.invalidateQueries({ queryKey: wishes.open().queryKey }),
    onError: tellFault,
  })
  return (
    <li className="home-wish">
      <span>
        <PersonTag name={wish.asker.name} />
        <span className="soft">{moment(wish.created_at, language, new Date())}</span>
      </span>
      <span>
        {say(`wishes.${wish.wish}`)} {known.object(wish.object)?.label}{" "}
        <Link
          to="/desk/$object/$id"
          params={{ object: wish.object, id: wish.record ?? "" }}
          className="value-link"
        >
          {wish.title}
        </Link>
        {wish.reason && <span className="soft"> · {wish.reason}</span>}
      </span>
      <span className="home-wish-deeds">
        <Button small look="main" onClick={() => decide.mutate("grant")}>
          {say("wishes.grant")}
        </Button>
        <Button small onClick={() => decide.mutate("refuse")}>
          {say("wishes.refuse")}
        </Button>
      </span>
    </li>
  )
}

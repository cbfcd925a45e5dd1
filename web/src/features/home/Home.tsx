import { useSuspenseQuery } from "@tanstack/react-query"
import { me } from "../../data/recipes"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"

export function Home() {
  const say = useWords()
  const { data } = useSuspenseQuery(me())
  return (
    <>
      <Top title={say("nav.home")} />
      <p style={{ padding: 20 }}>{data.user.name}</p>
    </>
  )
}

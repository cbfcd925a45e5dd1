import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { ask } from "../../data/client"
import { Button } from "../../ui/button"
import { tell, tellFault } from "../../ui/toast"
import { sayNow, useWords } from "../../ui/words"

interface DemoState {
  state: "none" | "waiting" | "running" | "done" | "failed"
  /** Whether there is no record yet. */
  possible: boolean
  customers: number
  done: number
  problem: string
}

const EVERY = 1000

const demo = () =>
  queryOptions({
    queryKey: ["demo"],
    queryFn: ({ signal }) => ask<DemoState>("GET", "/demo", { signal }),
    refetchInterval: ({ state }) => (underWay(state.data) ? EVERY : false),
  })

function underWay(told: DemoState | undefined): boolean {
  return told?.state === "waiting" || told?.state === "running"
}

/** A company to look around in, for who runs the place and has nothing there yet. */
export function Demo() {
  const say = useWords()
  const client = useQueryClient()
  const { data: told } = useQuery(demo())
  const start = useMutation({
    mutationFn: () => ask<DemoState>("POST", "/demo", { body: {} }),
    onSuccess: (state) => client.setQueryData(demo().queryKey, state),
    onError: tellFault,
  })
  const arrived = told?.state === "done" && !told.possible
  // The other questions of this page: their answers were given before the company moved in.
  useEffect(() => {
    if (!arrived) return
    tell(sayNow("home.demo.done"))
    void client.invalidateQueries({ predicate: (one) => one.queryKey[0] !== "demo" })
  }, [arrived, client])
  if (!told) return null
  if (underWay(told))
    return (
      <p className="home-demo" role="status">
        <progress max={told.customers} value={told.done} aria-label={say("home.demo.busy")} />{" "}
        <span className="soft">
          {say("home.demo.busy")} {told.done} / {told.customers}
        </span>
      </p>
    )
  return (
    <>
      {told.possible && (
        <Button disabled={start.isPending} onClick={() => start.mutate()}>
          {say("home.demo")}
        </Button>
      )}
      {told.state === "failed" && <p className="home-demo soft">{told.problem}</p>}
    </>
  )
}

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { useLanguage } from "../../../../data/preferences"
import { percent } from "../../../../kernel/format"
import type { ObjectMeta } from "../../../../kernel/meta"
import { Button } from "../../../../ui/button"
import { Bones, Empty, Trouble } from "../../../../ui/states"
import { tell, tellFault } from "../../../../ui/toast"
import { useWords } from "../../../../ui/words"
import { decide, identity, mergeInto, type Pair, undoMerge } from "../api"
import { Compare } from "./Compare"

const AHEAD = 8

/** The pairs nobody but a person can decide: one after the other, by `y` and `n`. */
export function Review({
  object,
  after,
  searching,
}: {
  object: ObjectMeta
  after: string
  /** Whether a run is on its way that may bring more. */
  searching: boolean
}) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const pages = useInfiniteQuery(identity.questions(object.key, after))
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string>()
  const pairs = (pages.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (one) => !gone.has(one.id),
  )
  const at = Math.max(
    0,
    pairs.findIndex((one) => one.id === chosen),
  )
  const pair = pairs[at]
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  const go = (by: number) => setChosen(pairs[Math.min(pairs.length - 1, Math.max(0, at + by))]?.id)

  /** Shows the next pair at once; what is refused comes back. */
  async function settle(one: Pair, deed: () => Promise<unknown>) {
    setChosen(pairs[at + 1]?.id ?? pairs[at - 1]?.id)
    setGone((now) => new Set(now).add(one.id))
    if (pairs.length < AHEAD && hasNextPage && !isFetchingNextPage) void fetchNextPage()
    try {
      await deed()
    } catch (error) {
      back(one)
      tellFault(error)
    }
  }
  function back(one: Pair) {
    setGone((now) => new Set([...now].filter((id) => id !== one.id)))
    setChosen(one.id)
  }
  const different = (one: Pair) => void settle(one, () => decide(one.id, "different"))
  const same = (one: Pair, keep: Pair["a"]) =>
    void settle(one, async () => {
      const other = keep.id === one.a.id ? one.b : one.a
      await decide(one.id, "same")
      const merged = await mergeInto(object.key, keep.id, other.id)
      void client.invalidateQueries({ queryKey: ["records"] })
      tell(say("duplicates.one", { title: keep.title ?? object.label }), {
        undo: () => void undoMerge(merged.merge_id).then(() => back(one), tellFault),
      })
    })

  // The keys of the queue are heard at the document, wherever the focus is.
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, dialog")
      if (!pair || typing || event.ctrlKey || event.metaKey || event.altKey) return
      switch (event.key.toLowerCase()) {
        case "y":
          return same(pair, pair.a)
        case "n":
          return different(pair)
        case "j":
        case "s":
          return go(1)
        case "k":
          return go(-1)
      }
    }
    document.addEventListener("keydown", heard)
    return () => document.removeEventListener("keydown", heard)
  })

  if (pages.error) return <Trouble error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending || (!pair && searching)) return <Bones lines={10} height={32} />
  if (!pair) return <Empty title={say("duplicates.none")} hint={say("duplicates.none.hint")} />
  return (
    <div className="duplicates-review">
      <nav className="duplicates-queue" aria-label={say("duplicates.queue")}>
        <ol>
          {pairs.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className="duplicates-pair"
                aria-current={one.id === pair.id}
                onClick={() => setChosen(one.id)}
              >
                <span className="clip">{one.a.title ?? "…"}</span>
                <span className="duplicates-score">{percent(one.score, language)}</span>
                <span className="clip soft">{one.b.title ?? "…"}</span>
              </button>
            </li>
          ))}
        </ol>
        {hasNextPage && (
          <Button small look="quiet" onClick={() => void fetchNextPage()}>
            {say("do.load")}
          </Button>
        )}
      </nav>
      <Compare
        key={pair.id}
        object={object}
        pair={pair}
        onSame={(keep) => same(pair, keep)}
        onDifferent={() => different(pair)}
        onGone={() => setGone((now) => new Set(now).add(pair.id))}
      />
    </div>
  )
}

import { useInfiniteQuery } from "@tanstack/react-query"
import { useState } from "react"
import { records } from "../../../data/recipes"
import type { By, Group } from "../../../kernel/groups"
import type { RecordData } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { idOf, useGroups } from "../grouped"
import { CardLines, type Choosing } from "../parts/Cards"
import { CardsHead } from "../parts/CardsHead"
import { Head, type HeadProps } from "../parts/GroupHead"
import { Nothing } from "../parts/Nothing"
import { usePicking } from "../picking"
import { allOf } from "../search"
import type { ListState } from "../state"

/** What was read lies in many lists, so that nothing is picked as a whole. */
const NONE: RecordData[] = []

/** Groups on a phone: heads that open, under each its cards. */
export function GroupCards({ state, by }: { state: ListState; by: By }) {
  const say = useWords()
  const all = useGroups(state, by)
  const picking = usePicking(state, NONE)
  const [choosing, setChoosing] = useState(false)
  if (all.error) return <Trouble error={all.error} retry={all.again} />
  if (all.pending)
    return (
      <div style={{ padding: 16 }}>
        <Bones lines={8} height={44} />
      </div>
    )
  if (all.groups.length === 0) return <Nothing state={state} />
  const chosen = choosing || picking.size > 0
  return (
    <>
      <CardsHead state={state} picking={picking} choosing={chosen} onChoosing={setChoosing} apart />
      <div className="cards group-cards">
        {all.groups.map((group) => (
          <Section
            key={idOf(group)}
            state={state}
            by={by}
            group={group}
            open={all.isOpen(group)}
            onTurn={() => all.turn(group)}
            picking={picking}
            choosing={chosen}
          />
        ))}
        {all.more && (
          <div className="cards-more">
            <Button onClick={all.more}>
              {say("group.more", { n: (all.total - all.groups.length).toLocaleString() })}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

function Section({ picking, choosing, ...head }: HeadProps & Choosing) {
  return (
    <section>
      <h2 className="group-row">
        <Head {...head} aria-expanded={head.open} />
      </h2>
      {head.open && (
        <Lines state={head.state} group={head.group} picking={picking} choosing={choosing} />
      )}
    </section>
  )
}

function Lines({ state, group, ...choosing }: { state: ListState; group: Group } & Choosing) {
  const where = allOf(state.query.where, group.where)
  const pages = useInfiniteQuery(
    records.pages(state.object.key, { ...state.query, where, select: state.selected }),
  )
  if (pages.error) return <Trouble error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending)
    return (
      <div style={{ padding: 16 }}>
        <Bones lines={Math.min(4, group.count)} height={40} />
      </div>
    )
  return (
    <ul>
      <CardLines
        state={state}
        rows={pages.data.pages.flatMap((page) => page.items)}
        of={pages}
        {...choosing}
      />
    </ul>
  )
}

import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query"
import { catalog, records } from "../../../data/recipes"
import type { By, Group } from "../../../kernel/groups"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { idOf, useGroups } from "../grouped"
import { Card } from "../parts/Cards"
import { Head, type HeadProps } from "../parts/GroupHead"
import { Nothing } from "../parts/Nothing"
import { allOf } from "../search"
import type { ListState } from "../state"

/** Groups on a phone: heads that open, under each its cards. */
export function GroupCards({ state, by }: { state: ListState; by: By }) {
  const say = useWords()
  const all = useGroups(state, by)
  if (all.error) return <Trouble error={all.error} retry={all.again} />
  if (all.pending)
    return (
      <div style={{ padding: 16 }}>
        <Bones lines={8} height={44} />
      </div>
    )
  if (all.groups.length === 0) return <Nothing state={state} />
  return (
    <div className="cards group-cards">
      {all.groups.map((group) => (
        <Section
          key={idOf(group)}
          state={state}
          by={by}
          group={group}
          open={all.isOpen(group)}
          onTurn={() => all.turn(group)}
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
  )
}

function Section(head: HeadProps) {
  return (
    <section>
      <h2 className="group-row">
        <Head {...head} aria-expanded={head.open} />
      </h2>
      {head.open && <Lines state={head.state} group={head.group} />}
    </section>
  )
}

function Lines({ state, group }: { state: ListState; group: Group }) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
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
      {pages.data.pages
        .flatMap((page) => page.items)
        .map((record) => (
          <Card key={record.id} state={state} record={record} known={known} />
        ))}
      {pages.hasNextPage && (
        <li className="cards-more">
          <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {say("do.load")}
          </Button>
        </li>
      )}
    </ul>
  )
}

import { ChevronsDownUp, ChevronsUpDown } from "lucide-react"
import { type KeyboardEvent, useCallback, useEffect } from "react"
import { at } from "../../../kernel/grid"
import { type By, type Group, placeAt } from "../../../kernel/groups"
import { Button } from "../../../ui/button"
import { useNewest } from "../../../ui/newest"
import { Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { type GroupsState, useGroupedRows, useGroups } from "../grouped"
import { GroupHead, StuckHead } from "../parts/GroupHead"
import { Line } from "../parts/Line"
import { SheetBox } from "../parts/SheetBox"
import { ROW, useSheet } from "../sheet"
import type { ListState } from "../state"

const TURNING = new Set(["Enter", " ", "ArrowLeft", "ArrowRight"])

/** Lines under the values of a field; the server counts, sums and orders the groups. */
export function Groups({ state, by }: { state: ListState; by: By }) {
  const groups = useGroups(state, by)
  const rows = useGroupedRows(state.object.key, { ...state.query, select: state.selected }, groups)
  const { all, lines, read } = rows
  const count = all.length + (groups.more ? 1 : 0)
  const sheet = useSheet({ state, rows, read, count })
  const { grid, virtual, show } = sheet
  const { choice, setChoice } = grid
  const { more } = groups
  const atEnd = more !== undefined && sheet.last >= all.length
  useEffect(() => {
    if (atEnd) more?.()
  }, [atEnd, more])

  function pressed(event: KeyboardEvent) {
    const place = choice && placeAt(all, choice.active.row)
    const group = place && place.line < 0 ? groups.groups[place.group] : undefined
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey
    if (!group || !plain || !TURNING.has(event.key)) return grid.pressed(event)
    event.preventDefault()
    const opening = event.key === "ArrowRight"
    if (event.key.startsWith("Arrow") && groups.isOpen(group) === opening) return
    groups.turn(group)
  }

  const newest = useNewest({ setChoice, groups })
  const turn = useCallback(
    (group: Group, row: number) => {
      newest.current.setChoice(at(row, 0))
      newest.current.groups.turn(group)
    },
    [newest],
  )
  if (rows.error && groups.groups.length === 0)
    return <Trouble error={rows.error} retry={rows.again} />
  const top = placeAt(all, Math.floor((virtual.scrollOffset ?? 0) / ROW))
  const stuck = top && top.line >= 0 ? groups.groups[top.group] : undefined
  return (
    <SheetBox
      sheet={sheet}
      length={all.length}
      grouped
      onKeyDown={pressed}
      stuck={
        stuck &&
        top && (
          <StuckHead
            state={state}
            by={by}
            group={stuck}
            open
            row={all.heads[top.group] ?? 0}
            onTurn={(group, row) => {
              show(row)
              groups.turn(group)
            }}
          />
        )
      }
      foot={<Foot groups={groups} />}
    >
      {sheet.shown.map(({ index, start }) => {
        const place = placeAt(all, index)
        const group = place && groups.groups[place.group]
        if (!place || !group) return <More key="more" groups={groups} top={start} />
        if (place.line >= 0)
          return <Line key={index} sheet={sheet} place={index} top={start} record={lines[index]} />
        return (
          <GroupHead
            key={index}
            state={state}
            by={by}
            group={group}
            open={all.open(place.group)}
            row={index}
            top={start}
            active={choice?.active.row === index}
            onTurn={turn}
          />
        )
      })}
    </SheetBox>
  )
}

/** The line behind the last group that was read. */
function More({ groups, top }: { groups: GroupsState; top: number }) {
  const say = useWords()
  const left = groups.total - groups.groups.length
  return (
    <div className="group-more" style={{ transform: `translateY(${top}px)` }} role="presentation">
      <Button small look="quiet" onClick={groups.more}>
        {say("group.more", { n: left.toLocaleString() })}
      </Button>
    </div>
  )
}

/** How many groups and records there are; all of them opened or closed at once. */
function Foot({ groups }: { groups: GroupsState }) {
  const say = useWords()
  const { closed } = groups
  const Icon = closed ? ChevronsUpDown : ChevronsDownUp
  return (
    <>
      {groups.pending ? (
        <span className="faint">…</span>
      ) : (
        <span className="group-foot">
          <span>{say("list.count", { n: groups.records.toLocaleString() })}</span>
          <span>{say("group.count", { n: groups.total.toLocaleString() })}</span>
          <Button
            small
            look="quiet"
            icon={<Icon size={14} />}
            onClick={() => groups.foldAll(!closed)}
          >
            {say(closed ? "group.open" : "group.close")}
          </Button>
        </span>
      )}
    </>
  )
}

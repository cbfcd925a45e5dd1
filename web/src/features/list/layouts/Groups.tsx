import { useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useVirtualizer } from "@tanstack/react-virtual"
import { ChevronsDownUp, ChevronsUpDown } from "lucide-react"
import { type KeyboardEvent, useEffect, useRef } from "react"
import { catalog } from "../../../data/recipes"
import { at } from "../../../kernel/grid"
import { type By, placeAt } from "../../../kernel/groups"
import type { RecordData } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { type GroupsState, useGroupedRows, useGroups } from "../grouped"
import { useGridKeys } from "../keys"
import { TableBones } from "../parts/BoneRow"
import { BulkBar } from "../parts/BulkBar"
import { GroupHead, StuckHead } from "../parts/GroupHead"
import { HeadRow } from "../parts/HeadRow"
import { Line } from "../parts/Line"
import { Nothing } from "../parts/Nothing"
import { PasteDialog } from "../parts/PasteDialog"
import { ROW } from "../parts/Row"
import { usePicking } from "../picking"
import type { ListState } from "../state"
import { pinsOf, useWidths } from "../widths"
import { useWriting } from "../writing"
import "../parts/table.css"

const TURNING = new Set(["Enter", " ", "ArrowLeft", "ArrowRight"])

/** Lines under the values of a field; the server counts, sums and orders the groups. */
export function Groups({ state, by }: { state: ListState; by: By }) {
  const { object, columns } = state
  const navigate = useNavigate()
  const { data: known } = useSuspenseQuery(catalog())
  const groups = useGroups(state, by)
  const rows = useGroupedRows(object.key, { ...state.query, select: state.selected }, groups)
  const { all, lines, read, look } = rows
  const scroller = useRef<HTMLDivElement>(null)
  const widths = useWidths(object.key, columns)
  const writing = useWriting(state)
  const virtual = useVirtualizer({
    count: all.length + (groups.more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const [from, to] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  useEffect(() => look({ from, to }))
  const { more } = groups
  const atEnd = more !== undefined && to >= all.length
  useEffect(() => {
    if (atEnd) more?.()
  }, [atEnd, more])

  const open = (record: RecordData) =>
    void navigate({ to: "/desk/$object/$id", params: { object: object.key, id: record.id } })
  const show = (row: number) => virtual.scrollToIndex(row)
  const grid = useGridKeys({ state, known, rows, writing, show, onOpen: open })
  const { choice, setChoice } = grid

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

  const picking = usePicking(state, read)
  if (rows.error && groups.groups.length === 0)
    return <Trouble error={rows.error} retry={rows.again} />
  const pins = pinsOf(columns, state.pinned, widths)
  const template = `44px ${columns.map((one) => `${widths.of(one)}px`).join(" ")} minmax(16px, 1fr)`
  const top = placeAt(all, Math.floor((virtual.scrollOffset ?? 0) / ROW))
  const stuck = top && top.line >= 0 ? groups.groups[top.group] : undefined
  return (
    <>
      <div
        className="grid"
        data-grouped=""
        role="treegrid"
        aria-label={object.plural}
        aria-rowcount={all.length + 1}
        aria-colcount={columns.length + 1}
        aria-busy={rows.pending}
        aria-multiselectable="true"
        tabIndex={0}
        ref={scroller}
        onKeyDown={pressed}
        onCopy={grid.copied}
        onPaste={grid.pasted}
        onFocus={(event) =>
          event.target === event.currentTarget && !choice && all.length > 0 && setChoice(at(0, 0))
        }
      >
        <HeadRow
          state={state}
          template={template}
          widths={widths}
          pins={pins}
          all={picking.whole}
          onAll={picking.turnAll}
        />
        {stuck && top && (
          <StuckHead
            state={state}
            by={by}
            group={stuck}
            open
            onTurn={() => {
              show(all.heads[top.group] ?? 0)
              groups.turn(stuck)
            }}
          />
        )}
        {rows.pending && <TableBones template={template} columns={columns.length} />}
        <div className="grid-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {shown.map((one) => {
            const place = placeAt(all, one.index)
            const group = place && groups.groups[place.group]
            if (!place || !group) return <More key="more" groups={groups} top={one.start} />
            if (place.line < 0)
              return (
                <GroupHead
                  key={one.index}
                  state={state}
                  by={by}
                  group={group}
                  open={all.open(place.group)}
                  row={one.index}
                  top={one.start}
                  active={choice?.active.row === one.index}
                  onTurn={() => {
                    setChoice(at(one.index, 0))
                    groups.turn(group)
                  }}
                />
              )
            return (
              <Line
                key={one.index}
                place={one.index}
                top={one.start}
                template={template}
                record={lines[one.index]}
                state={state}
                known={known}
                pins={pins}
                grid={grid}
                picking={picking}
                writing={writing}
              />
            )
          })}
        </div>
        {!rows.pending && all.length === 0 && <Nothing state={state} />}
      </div>
      <Foot groups={groups} />
      {grid.plan && (
        <PasteDialog
          state={state}
          plan={grid.plan}
          onClose={() => grid.setPlan(undefined)}
          onApply={() => {
            writing.apply(grid.plan?.changes ?? [])
            grid.setPlan(undefined)
          }}
        />
      )}
      {picking.size > 0 && <BulkBar state={state} picking={picking} writing={writing} />}
    </>
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
    <footer className="list-foot">
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
    </footer>
  )
}

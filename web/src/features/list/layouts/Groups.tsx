import { useInfiniteQuery, useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { ChevronDown, ChevronRight } from "lucide-react"
import { useState } from "react"
import { useLanguage } from "../../../data/preferences"
import { catalog, records } from "../../../data/recipes"
import { quoted } from "../../../kernel/expression/write"
import { amount } from "../../../kernel/format"
import type { FieldMeta, RecordData } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { HeadRow } from "../parts/HeadRow"
import { Row } from "../parts/Row"
import { allOf } from "../search"
import type { ListState } from "../state"
import { pinsOf, useWidths } from "../widths"
import { useWriting } from "../writing"
import "../parts/table.css"
import "./layouts.css"

const ROW = 36
const SUMMED = new Set(["money"])

interface Group {
  key: string
  label: string
  color: string
  where: string
}

/** Lines under the values of a field, each group with how many there are. */
export function Groups({ state, by }: { state: ListState; by: FieldMeta }) {
  const say = useWords()
  const { object, columns } = state
  const widths = useWidths(object.key, columns)
  const template = `44px ${columns.map((one) => `${widths.of(one)}px`).join(" ")} minmax(16px, 1fr)`
  const pins = pinsOf(columns, state.pinned, widths)
  const values: Group[] =
    by.kind === "boolean"
      ? [true, false].map((one) => ({
          key: String(one),
          label: say(one ? "value.yes" : "value.no"),
          color: one ? "green" : "grey",
          where: `${by.key} = ${one}`,
        }))
      : by.options.map((one) => ({
          key: one.key,
          label: one.label,
          color: one.color || "grey",
          where: `${by.key} = ${quoted(one.key)}`,
        }))
  const none = { key: "", label: say("group.none"), color: "grey", where: `${by.key} is empty` }
  return (
    <div className="grid">
      <div role="grid" aria-label={object.plural} className="group-columns">
        <HeadRow state={state} template={template} widths={widths} pins={pins} />
      </div>
      {[...values, none].map((one) => (
        <GroupLines key={one.key} state={state} group={one} template={template} pins={pins} />
      ))}
    </div>
  )
}

function GroupLines({
  state,
  group,
  template,
  pins,
}: {
  state: ListState
  group: Group
  template: string
  pins: readonly number[]
}) {
  const say = useWords()
  const { object, columns } = state
  const { data: known } = useSuspenseQuery(catalog())
  const writing = useWriting(state)
  const [closed, setClosed] = useState(false)
  const where = allOf(state.query.where, group.where)
  const { view, search } = state.query
  const { data: count } = useQuery(records.count(object.key, { view, search, where }))
  const pages = useInfiniteQuery({
    ...records.pages(object.key, { ...state.query, where, select: state.selected }),
    enabled: !closed && count !== undefined && count.value > 0,
  })
  const rows: RecordData[] = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (!count || count.value === 0) return null
  const whole = !pages.hasNextPage && rows.length === count.value
  return (
    <section className="group" aria-label={group.label}>
      <button
        type="button"
        className="group-head"
        aria-expanded={!closed}
        onClick={() => setClosed(!closed)}
      >
        {closed ? <ChevronRight size={15} /> : <ChevronDown size={15} />}
        <Chip word={group.label} color={group.color} />
        <span className="soft">
          {say(count.exact ? "list.count" : "list.count.over", {
            n: count.value.toLocaleString(),
          })}
        </span>
        {whole && <Sums columns={columns} rows={rows} />}
      </button>
      {!closed && pages.isPending && <Bones lines={3} height={20} />}
      {!closed && pages.error && <Trouble error={pages.error} />}
      {!closed && (
        <div
          className="grid-body"
          style={{ height: rows.length * ROW }}
          role="grid"
          aria-label={group.label}
        >
          {rows.map((record, at) => (
            <Row
              key={record.id}
              place={at}
              top={at * ROW}
              template={template}
              record={record}
              columns={columns}
              pins={pins}
              known={known}
              object={object}
              choice={undefined}
              editing={false}
              onChoose={() => undefined}
              onEdit={() => undefined}
              peeked={state.search.peek === record.id}
              onPeek={() => state.set({ peek: record.id })}
              onWrite={(field, value, name) => writing.write(record, field, value, name)}
            />
          ))}
        </div>
      )}
      {!closed && pages.hasNextPage && (
        <Button small look="quiet" onClick={() => void pages.fetchNextPage()}>
          {say("do.load")}
        </Button>
      )}
    </section>
  )
}

/** The sums of a group, only where every line of it is there. */
function Sums({ columns, rows }: { columns: FieldMeta[]; rows: RecordData[] }) {
  const language = useLanguage()
  return (
    <>
      {columns
        .filter((one) => SUMMED.has(one.type))
        .map((one) => (
          <span key={one.key} className="soft">
            {one.label}{" "}
            {
              amount(
                rows.reduce((sum, row) => sum + Number(row[one.key] ?? 0), 0),
                language,
              ).short
            }
          </span>
        ))}
    </>
  )
}

/** The state of a list, out of its address and the view it names. */

import { useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { catalog, type RecordQuery, views } from "../../data/recipes"
import { type By, byOf, measureOf, summable, usualMeasures, usualOrder } from "../../kernel/groups"
import { onlySeen } from "../../kernel/looking"
import {
  type Catalog,
  type FieldMeta,
  fieldOf,
  type ObjectMeta,
  type ViewMeta,
} from "../../kernel/meta"
import { columnsOf, stageOf } from "../../kernel/shape"
import { allOf, datesOf, type ListSearch, WHOSE_IS } from "./search"

export interface ListState {
  /** In the recycle bin: without what can be done to records that are there. */
  object: ObjectMeta
  /** Whether it lists what lies in the recycle bin, out of which this viewer may take it. */
  bin: boolean
  view: ViewMeta | undefined
  views: ViewMeta[]
  search: ListSearch
  columns: FieldMeta[]
  /** How many of them, from the left, stay in sight: the title at least. */
  pinned: number
  order: string[]
  /** The field a board has its columns by. */
  by: FieldMeta | undefined
  /** The field a calendar has its days by. */
  day: FieldMeta | undefined
  /** What lines are grouped by. */
  group: By | undefined
  /** In which order groups stand. */
  groupOrder: string
  /** What is summed of every group. */
  measures: string[]
  /** What is asked, without what is selected. */
  query: RecordQuery
  selected: string[]
  set: (change: Partial<ListSearch>) => void
}

export function useListState(): ListState | undefined {
  const { object: key } = useParams({ from: "/inside/desk/$object" })
  const search = useSearch({ from: "/inside/desk/$object" })
  const navigate = useNavigate({ from: "/desk/$object" })
  const { data: known } = useSuspenseQuery(catalog())
  const { data: saved } = useSuspenseQuery(views.of(key))
  const here = known.object(key)
  if (!here?.may.read) return undefined
  const asked = askedOf(known, here, saved, search)
  const object = asked.bin ? onlySeen(here) : here
  const dates = datesOf(object)
  return {
    ...asked,
    object,
    views: saved,
    search,
    by: boardField(object, search.by) ?? stageOf(object),
    day: dates.find((one) => one.key === search.by) ?? dates[0],
    ...groupingOf(object, asked.columns, asked.view, search),
    set: (change) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
  }
}

/** When a record was thrown away. */
const GONE = "deleted_at"

/** What a list asks for, as its address and the view it names have it. */
export function askedOf(
  known: Catalog,
  object: ObjectMeta,
  saved: readonly ViewMeta[],
  search: ListSearch,
): Pick<ListState, "bin" | "view" | "columns" | "pinned" | "order" | "query" | "selected"> {
  const bin = search.bin === true && object.may.delete
  const view = saved.find(
    (one) => search.view && (one.id === search.view || one.key === search.view),
  )
  const keys = search.columns?.split(",") ?? (view?.select.length ? view.select : columnsOf(object))
  const pins = search.pinned?.split(",") ?? view?.pinned ?? []
  const gone = bin ? [GONE] : []
  const led = ledBy([object.title, ...keys.filter((one) => pins.includes(one)), ...gone], keys)
  const columns = led.flatMap((one) => fieldOf(object, one) ?? [])
  const pinned = columns.filter((one) => one.key === object.title || pins.includes(one.key)).length
  const usual = bin ? [`-${GONE}`] : object.order
  const order = search.order?.split(",") ?? (view?.order.length ? view.order : usual)
  return {
    bin,
    view,
    columns,
    pinned: Math.max(1, pinned),
    order,
    query: {
      view: search.view,
      where: allOf(WHOSE_IS[search.whose ?? "all"], search.where),
      search: search.q,
      order,
      deleted: bin || undefined,
    },
    // Whom a text mentions is changed with it.
    selected: [
      "id",
      "version",
      ...new Set(columns.flatMap((one) => [...known.asked(one), ...mentionsOf(object, one)])),
    ],
  }
}

/** How lines are grouped, as the address and the view have it. */
function groupingOf(
  object: ObjectMeta,
  columns: FieldMeta[],
  view: ViewMeta | undefined,
  search: ListSearch,
): Pick<ListState, "group" | "groupOrder" | "measures"> {
  // What a board or a calendar of the configuration is by stands in the address.
  const said = view?.layout === "table" ? view : undefined
  const measures = search.sums?.split(",") ?? said?.measures
  const group = byOf(object.fields, search.group ?? said?.group ?? undefined)
  return {
    group,
    groupOrder: search.groups ?? said?.group_order ?? usualOrder(group),
    measures: (measures ?? usualMeasures(columns)).filter((one) => {
      const field = measureOf(one)?.field
      return summable(object.fields).some((each) => each.key === field)
    }),
  }
}

function boardField(object: ObjectMeta, key: string | undefined): FieldMeta | undefined {
  const field = key ? fieldOf(object, key) : undefined
  return field?.kind === "option" ? field : undefined
}

/** The title leads, then what is pinned: it is what a line is called by and what opens it. */
function ledBy(first: string[], keys: string[]): string[] {
  return [...new Set([...first, ...keys])]
}

export interface Ordering {
  key: string
  down: boolean
}

export function orderings(order: string[]): Ordering[] {
  return order.map((one) =>
    one.startsWith("-") ? { key: one.slice(1), down: true } : { key: one, down: false },
  )
}

export function orderText(all: Ordering[]): string | undefined {
  return all.length ? all.map((one) => (one.down ? `-${one.key}` : one.key)).join(",") : undefined
}

/** The field that keeps whom a text mentions, as far as one sees it. */
function mentionsOf(object: ObjectMeta, field: FieldMeta): string[] {
  const beside = field.settings.mentions && fieldOf(object, field.settings.mentions)
  return beside ? [beside.key] : []
}

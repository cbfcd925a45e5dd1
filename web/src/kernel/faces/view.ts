/** A view while it is being drawn: its columns, its condition, its order. Pure. */

import type { Said } from "../design/object"
import { type Catalog, fieldOf, type ObjectMeta, type ViewMeta } from "../meta"
import { columnsOf } from "../shape"

export type Layout = "table" | "board" | "calendar" | "gallery"

export const LAYOUTS: readonly Layout[] = ["table", "board", "calendar", "gallery"]

export interface ViewDocument {
  kind: "view"
  key: string
  object: string
  label: Said
  select: string[]
  where?: string
  order: string[]
  /** The columns that stay in sight when the table is moved sideways. */
  pinned?: string[]
  group?: string
  /** In which order groups stand, and what is summed of each; without a word it is as usual. */
  group_order?: string
  measures?: string[]
  layout?: Layout
  roles?: string[]
}

export function viewIn(body: Partial<ViewDocument> & Pick<ViewDocument, "key" | "object">) {
  return {
    ...body,
    kind: "view",
    label: body.label ?? body.key,
    select: body.select ?? [],
    order: body.order ?? [],
  } satisfies ViewDocument as ViewDocument
}

export function viewBegun(object: ObjectMeta, key: string, label: Said): ViewDocument {
  return {
    kind: "view",
    key,
    object: object.key,
    label,
    select: columnsOf(object),
    order: object.order,
  }
}

/** How a list opens by a view: what is no table, and by what, stands in the address. */
export function openedBy(view: ViewMeta): Opened {
  if (view.id) return { view: view.id }
  const layout = view.layout === "table" ? undefined : view.layout
  return {
    view: view.key ?? undefined,
    layout,
    by: layout ? (view.group ?? undefined) : undefined,
  }
}

interface Opened {
  view?: string
  layout?: Exclude<Layout, "table">
  by?: string
}

/** A view with other groups; what belonged to the old ones goes where nothing is grouped any more. */
export function groupedIn(view: ViewDocument, by: string): ViewDocument {
  if (by) return { ...view, group: by }
  return { ...view, group: undefined, group_order: undefined, measures: undefined }
}

/** What a column is called: the field's label, or what somebody computes in it. */
export function columnLabel(object: ObjectMeta, column: string): string {
  const named = / AS (.+)$/i.exec(column)?.[1]
  return named ?? fieldOf(object, column)?.label ?? column
}

/** What has to be asked of the server to show the columns. */
export function askedFor(known: Catalog, object: ObjectMeta, columns: readonly string[]): string[] {
  const asked = columns.flatMap((one) => {
    const field = fieldOf(object, one)
    return field ? known.asked(field) : [one]
  })
  return [...new Set(["id", ...asked])]
}

/** A column that stays in sight, or does so no more. */
export function pinnedIn(view: ViewDocument, column: string): ViewDocument {
  const pinned = (view.pinned ?? []).filter((one) => view.select.includes(one))
  const next = pinned.includes(column)
    ? pinned.filter((one) => one !== column)
    : [...pinned, column]
  return { ...view, pinned: next.length > 0 ? next : undefined }
}

/** A view without one of its columns. */
export function withoutColumn(view: ViewDocument, column: string): ViewDocument {
  const select = view.select.filter((one) => one !== column)
  const kept = view.pinned?.includes(column) ? pinnedIn(view, column) : view
  return { ...kept, select }
}

/** A thing put before another place of the same list. */
export function reordered(keys: readonly string[], key: string, to: number): string[] {
  const from = keys.indexOf(key)
  const rest = keys.filter((one) => one !== key)
  rest.splice(from >= 0 && from < to ? to - 1 : to, 0, key)
  return rest
}

/** The other direction of one step of an order. */
export function turned(step: string): string {
  return step.startsWith("-") ? step.slice(1) : `-${step}`
}

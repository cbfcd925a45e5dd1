/** A record page while it is being drawn: blocks in columns, and every change one can make. Pure. */

import type { Said } from "../design/object"
import type { ObjectMeta } from "../meta"
import type { BlockKind, ColumnWidth } from "./shapes"

export interface BlockDocument {
  block: BlockKind
  label?: Said
  fields?: string[]
  relation?: string
  field?: string
  limit?: number
  visible?: string
}

export interface ColumnDocument {
  width?: ColumnWidth
  blocks: BlockDocument[]
}

export interface PageDocument {
  kind: "page"
  key: string
  object: string
  label: Said
  roles?: string[]
  top: BlockDocument[]
  columns: ColumnDocument[]
}

/** Where a block stands: over the whole width (-1) or in a column, and as the how manieth there. */
export interface Place {
  area: number
  at: number
}

export const WIDTHS: readonly ColumnWidth[] = ["narrow", "medium", "wide"]
export const MOST_COLUMNS = 4

export function pageIn(body: Partial<PageDocument> & Pick<PageDocument, "key" | "object">) {
  return {
    ...body,
    kind: "page",
    label: body.label ?? body.key,
    top: body.top ?? [],
    columns: (body.columns ?? []).map((one) => ({ ...one, blocks: one.blocks ?? [] })),
  } satisfies PageDocument as PageDocument
}

/** A page to begin with: what every record page has that nobody arranged. */
export function pageBegun(object: ObjectMeta, key: string, label: Said): PageDocument {
  return {
    kind: "page",
    key,
    object: object.key,
    label,
    top: [{ block: "stage" }],
    columns: [
      { width: "narrow", blocks: [{ block: "facts" }] },
      { width: "wide", blocks: [{ block: "journal" }, { block: "timeline" }] },
      { width: "medium", blocks: [{ block: "related" }] },
    ],
  }
}

export function blocksOf(page: PageDocument, area: number): BlockDocument[] {
  return area < 0 ? page.top : (page.columns[area]?.blocks ?? [])
}

export function blockAt(page: PageDocument, place: Place): BlockDocument | undefined {
  return blocksOf(page, place.area)[place.at]
}

function withBlocks(page: PageDocument, area: number, blocks: BlockDocument[]): PageDocument {
  if (area < 0) return { ...page, top: blocks }
  return {
    ...page,
    columns: page.columns.map((one, at) => (at === area ? { ...one, blocks } : one)),
  }
}

export function blockAdded(page: PageDocument, block: BlockDocument, to: Place): PageDocument {
  const blocks = [...blocksOf(page, to.area)]
  blocks.splice(to.at, 0, block)
  return withBlocks(page, to.area, blocks)
}

export function blockDropped(page: PageDocument, place: Place): PageDocument {
  const left = blocksOf(page, place.area).filter((_, at) => at !== place.at)
  return withBlocks(page, place.area, left)
}

/** Moves a block before the place another one has now; gives where it stands then. */
export function blockMoved(
  page: PageDocument,
  from: Place,
  to: Place,
): { page: PageDocument; place: Place } {
  const block = blockAt(page, from)
  if (!block) return { page, place: from }
  const at = from.area === to.area && from.at < to.at ? to.at - 1 : to.at
  const place = { area: to.area, at }
  if (from.area === place.area && from.at === place.at) return { page, place }
  return { page: blockAdded(blockDropped(page, from), block, place), place }
}

/** One step in a direction: within the column, or at the end of the next one. */
export function blockNudged(
  page: PageDocument,
  place: Place,
  way: "up" | "down" | "left" | "right",
): { page: PageDocument; place: Place } {
  const size = blocksOf(page, place.area).length
  if (way === "up" && place.at > 0) return blockMoved(page, place, { ...place, at: place.at - 1 })
  if (way === "down" && place.at < size - 1)
    return blockMoved(page, place, { ...place, at: place.at + 2 })
  const area = place.area + (way === "left" ? -1 : way === "right" ? 1 : 0)
  if (area === place.area || area < -1 || area >= page.columns.length) return { page, place }
  return blockMoved(page, place, { area, at: blocksOf(page, area).length })
}

export function blockSet(
  page: PageDocument,
  place: Place,
  change: (block: BlockDocument) => BlockDocument,
): PageDocument {
  return withBlocks(
    page,
    place.area,
    blocksOf(page, place.area).map((one, at) => (at === place.at ? change(one) : one)),
  )
}

export function columnAdded(page: PageDocument): PageDocument {
  if (page.columns.length >= MOST_COLUMNS) return page
  return { ...page, columns: [...page.columns, { width: "medium", blocks: [] }] }
}

export function columnDropped(page: PageDocument, column: number): PageDocument {
  return { ...page, columns: page.columns.filter((_, at) => at !== column) }
}

export function columnWidened(page: PageDocument, column: number, width: ColumnWidth) {
  return {
    ...page,
    columns: page.columns.map((one, at) => (at === column ? { ...one, width } : one)),
  }
}

/** The relations no block shows by name yet. */
export function unshown(object: ObjectMeta, page: PageDocument): ObjectMeta["relations"] {
  const blocks = [...page.top, ...page.columns.flatMap((one) => one.blocks)]
  const named = new Set(blocks.map((one) => one.relation))
  return object.relations.filter((one) => !named.has(one.key))
}

const PATH = /^documents\[0\]\.?(?:(top)\[(\d+)\]|columns\[(\d+)\](?:\.blocks\[(\d+)\])?)/

/** Which block a problem is about: `documents[0].columns[1].blocks[0].visible:1:3`. */
export function placeOf(path: string): Place | undefined {
  const found = PATH.exec(path)
  if (!found) return undefined
  if (found[1]) return { area: -1, at: Number(found[2]) }
  return found[4] === undefined ? undefined : { area: Number(found[3]), at: Number(found[4]) }
}

/** A form while it is being drawn: its document, and every change one can make. Pure. */

import type { Said } from "../design/object"
import type { FieldMeta, ObjectMeta } from "../meta"
import { formOf } from "../shape"
import type { PublicDocument } from "./public"
import type { Purpose, Rules } from "./shapes"

export interface PlacedDocument extends Rules {
  field: string
  width?: number
  label?: Said
  help?: Said
  placeholder?: Said
  columns?: string[]
}

export interface SectionDocument {
  label?: Said
  help?: Said
  columns?: number
  folded?: boolean
  visible?: string
  fields: PlacedDocument[]
}

export interface TabDocument {
  label: Said
  visible?: string
  sections: SectionDocument[]
}

export interface FormDocument {
  kind: "form"
  key: string
  object: string
  label: Said
  purpose: Purpose[]
  roles?: string[]
  sections: SectionDocument[]
  tabs: TabDocument[]
  rest?: boolean
  public?: PublicDocument
}

/** Where a section stands: in which tab (-1: above them), and as the how manieth there. */
export interface Room {
  tab: number
  section: number
}

export interface Spot extends Room {
  index: number
}

export const COLUMNS = 2
export const PURPOSES: readonly Purpose[] = ["create", "edit", "mobile", "public"]

/** Reads a document that was written by hand or by a designer: short forms are written out. */
export function formIn(
  body: Partial<FormDocument> & Pick<FormDocument, "key" | "object">,
): FormDocument {
  const purpose: unknown = body.purpose ?? ["create", "edit"]
  return {
    ...body,
    kind: "form",
    label: body.label ?? body.key,
    purpose: (Array.isArray(purpose) ? purpose : [purpose]) as Purpose[],
    sections: sectionsIn(body.sections),
    tabs: (body.tabs ?? []).map((one) => ({ ...one, sections: sectionsIn(one.sections) })),
  }
}

function sectionsIn(sections: SectionDocument[] | undefined): SectionDocument[] {
  return (sections ?? []).map((one) => ({
    ...one,
    fields: (one.fields ?? []).map((each: PlacedDocument | string) =>
      typeof each === "string" ? { field: each } : each,
    ),
  }))
}

/** A form to begin with: everything one fills in, required things first. */
export function formBegun(object: ObjectMeta, key: string, label: Said): FormDocument {
  const fields = formOf(object, "create").slice(0, 24)
  return {
    kind: "form",
    key,
    object: object.key,
    label,
    purpose: ["create", "edit"],
    sections: [
      {
        fields: fields.map((one) =>
          one.kind === "long_text" ? { field: one.key, width: 2 } : { field: one.key },
        ),
      },
    ],
    tabs: [],
  }
}

export function sectionsOf(form: FormDocument, tab: number): SectionDocument[] {
  return tab < 0 ? form.sections : (form.tabs[tab]?.sections ?? [])
}

function withSections(form: FormDocument, tab: number, sections: SectionDocument[]): FormDocument {
  if (tab < 0) return { ...form, sections }
  return { ...form, tabs: form.tabs.map((one, at) => (at === tab ? { ...one, sections } : one)) }
}

/** Every room, in the order in which they stand on the page. */
export function rooms(form: FormDocument): Room[] {
  return [-1, ...form.tabs.keys()].flatMap((tab) =>
    sectionsOf(form, tab).map((_, section) => ({ tab, section })),
  )
}

export function roomOf(form: FormDocument, room: Room): SectionDocument | undefined {
  return sectionsOf(form, room.tab)[room.section]
}

export function spotOf(form: FormDocument, field: string): Spot | undefined {
  for (const room of rooms(form)) {
    const index = roomOf(form, room)?.fields.findIndex((one) => one.field === field) ?? -1
    if (index >= 0) return { ...room, index }
  }
  return undefined
}

export function placedIn(form: FormDocument, field: string): PlacedDocument | undefined {
  const spot = spotOf(form, field)
  return spot && roomOf(form, spot)?.fields[spot.index]
}

export function withRoom(
  form: FormDocument,
  room: Room,
  change: (section: SectionDocument) => SectionDocument,
): FormDocument {
  const sections = sectionsOf(form, room.tab)
  if (!sections[room.section]) return form
  return withSections(
    form,
    room.tab,
    sections.map((one, at) => (at === room.section ? change(one) : one)),
  )
}

/** Puts a field at a spot, from the palette or from where it was. */
export function put(form: FormDocument, field: string, to: Spot): FormDocument {
  const from = spotOf(form, field)
  const placed = placedIn(form, field) ?? { field }
  const same = from && from.tab === to.tab && from.section === to.section
  const index = same && from.index < to.index ? to.index - 1 : to.index
  if (same && from.index === index) return form
  const without = from ? taken(form, field) : form
  return withRoom(without, to, (one) => {
    const fields = [...one.fields]
    fields.splice(index, 0, placed)
    return { ...one, fields }
  })
}

export function taken(form: FormDocument, field: string): FormDocument {
  const spot = spotOf(form, field)
  if (!spot) return form
  return withRoom(form, spot, (one) => ({
    ...one,
    fields: one.fields.filter((each) => each.field !== field),
  }))
}

/** One step up or down, and over the edge of its section into the next one. */
export function nudged(form: FormDocument, field: string, step: 1 | -1): FormDocument {
  const spot = spotOf(form, field)
  const size = spot && roomOf(form, spot)?.fields.length
  if (!spot || size === undefined) return form
  const inside = spot.index + step
  if (inside >= 0 && inside < size)
    return put(form, field, { ...spot, index: step > 0 ? inside + 1 : inside })
  const all = rooms(form)
  const at = all.findIndex((one) => one.tab === spot.tab && one.section === spot.section)
  const next = all[at + step]
  if (!next) return form
  const end = roomOf(form, next)?.fields.length ?? 0
  return put(form, field, { ...next, index: step > 0 ? 0 : end })
}

export function worded(
  form: FormDocument,
  field: string,
  change: Partial<PlacedDocument>,
): FormDocument {
  const spot = spotOf(form, field)
  if (!spot) return form
  return withRoom(form, spot, (one) => ({
    ...one,
    fields: one.fields.map((each) => (each.field === field ? bare({ ...each, ...change }) : each)),
  }))
}

/** Leaves out what says nothing. */
export function bare<Thing extends object>(thing: Thing): Thing {
  const kept = Object.entries(thing).filter(
    ([, value]) =>
      value !== undefined &&
      value !== "" &&
      !(Array.isArray(value) && value.length === 0) &&
      !(value !== null && typeof value === "object" && "zh" in value && !value.zh && !value.en),
  )
  return Object.fromEntries(kept) as Thing
}

export function sectionAdded(form: FormDocument, tab: number, label: Said): FormDocument {
  return withSections(form, tab, [
    ...sectionsOf(form, tab),
    { label, columns: COLUMNS, fields: [] },
  ])
}

export function sectionDropped(form: FormDocument, room: Room): FormDocument {
  return withSections(
    form,
    room.tab,
    sectionsOf(form, room.tab).filter((_, at) => at !== room.section),
  )
}

export function sectionNudged(form: FormDocument, room: Room, step: 1 | -1): FormDocument {
  const sections = [...sectionsOf(form, room.tab)]
  const [one] = sections.splice(room.section, 1)
  const to = room.section + step
  if (!one || to < 0 || to > sections.length) return form
  sections.splice(to, 0, one)
  return withSections(form, room.tab, sections)
}

export function tabAdded(form: FormDocument, label: Said): FormDocument {
  return { ...form, tabs: [...form.tabs, { label, sections: [{ columns: COLUMNS, fields: [] }] }] }
}

export function tabDropped(form: FormDocument, tab: number): FormDocument {
  return { ...form, tabs: form.tabs.filter((_, at) => at !== tab) }
}

export function tabNudged(form: FormDocument, tab: number, step: 1 | -1): FormDocument {
  const tabs = [...form.tabs]
  const [one] = tabs.splice(tab, 1)
  if (!one || tab + step < 0 || tab + step > tabs.length) return form
  tabs.splice(tab + step, 0, one)
  return { ...form, tabs }
}

/** The fields that are not on the form yet. */
export function unplaced(object: ObjectMeta, form: FormDocument): FieldMeta[] {
  return object.fields.filter(
    (one) =>
      spotOf(form, one.key) === undefined &&
      (!one.system || one.key === "owner" || one.key === "department") &&
      !one.key.startsWith("quality"),
  )
}

const PATH =
  /^documents\[0\]\.?(?:tabs\[(\d+)\]\.?)?(?:sections\[(\d+)\]\.?)?(?:fields\[(\d+)\]\.?)?([\w]*)/

/** Where on a form a problem is: `documents[0].tabs[1].sections[0].fields[2].visible:1:3`. */
export function problemAt(
  form: FormDocument,
  path: string,
): { room?: Room; tab?: number; field?: string; member: string } {
  const found = PATH.exec(path)
  const tab = found?.[1] === undefined ? -1 : Number(found[1])
  const member = found?.[4] ?? ""
  if (found?.[2] === undefined) return { tab: tab < 0 ? undefined : tab, member }
  const room = { tab, section: Number(found[2]) }
  const field =
    found[3] === undefined ? undefined : roomOf(form, room)?.fields[Number(found[3])]?.field
  return { room, field, member }
}

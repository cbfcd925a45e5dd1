/** A form while it is filled in: what is there, what is asked for, what has which value. */

import type { FieldMeta, ObjectMeta, Value } from "../meta"
import { fieldOf } from "../meta"
import { type Draft, holds, judged } from "./judge"
import type { FormFace, PlacedFace, Purpose, SectionFace } from "./shapes"

export interface LiveField {
  /** The field as this form words it. */
  field: FieldMeta
  placed: PlacedFace
  readonly: boolean
  value: Value | undefined
}

export interface LiveSection {
  key: string
  face: Omit<SectionFace, "fields">
  fields: LiveField[]
}

export interface LiveForm {
  sections: LiveSection[]
  tabs: { label: string; sections: LiveSection[] }[]
  /** Everything that is there, by key. */
  there: ReadonlyMap<string, LiveField>
  /** What the form itself gives: defaults of a new record, and computed values. */
  given: Record<string, Value>
}

export type Deed = "create" | "update"

/** The forms one may fill in for a deed, the fittest first. */
export function formsFor(object: ObjectMeta, deed: Deed, narrow: boolean): FormFace[] {
  const purpose: Purpose = deed === "create" ? "create" : "edit"
  const wanted: Purpose[] = narrow ? ["mobile", purpose] : [purpose]
  return wanted.flatMap((each, at) =>
    (object.forms ?? []).filter(
      (one) =>
        one.purpose.includes(each) &&
        !wanted.slice(0, at).some((before) => one.purpose.includes(before)),
    ),
  )
}

/** Every place of a form, in order. */
export function placesOf(form: Pick<FormFace, "sections" | "tabs">): PlacedFace[] {
  const sections = [...form.sections, ...form.tabs.flatMap((one) => one.sections)]
  return sections.flatMap((one) => one.fields)
}

/** The fields of an object that a form does not name and that may be given. */
export function leftOut(object: ObjectMeta, form: FormFace, deed: Deed): FieldMeta[] {
  const named = new Set(placesOf(form).map((one) => one.field))
  return object.fields.filter(
    (one) =>
      !named.has(one.key) &&
      one[deed] &&
      one.kind !== "auto_number" &&
      one.kind !== "children" &&
      (!one.system || one.key === "owner"),
  )
}

const ROUNDS = 5

/** What a form gives by itself: defaults where nobody gave a value, then computed values. */
export function givenBy(
  form: FormFace,
  record: Draft,
  deed: Deed,
  object?: ObjectMeta,
): Record<string, Value> {
  const given: Record<string, Value> = {}
  const places = placesOf(form)
  for (const one of places) {
    const value = deed === "create" && one.default && !(one.field in record)
    const told =
      value && one.default ? judged(one.default, { ...record, ...given }, object) : undefined
    if (told !== undefined && told !== null) given[one.field] = told
  }
  // A computed value may build on another one; a circle ends after some rounds.
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false
    for (const one of places) {
      const told = one.computed ? judged(one.computed, { ...record, ...given }, object) : undefined
      if (told === undefined || told === given[one.field]) continue
      given[one.field] = told
      moved = true
    }
    if (!moved) break
  }
  return given
}

/** Lays out a form over a record that is being filled in. */
export function live(object: ObjectMeta, form: FormFace, record: Draft, deed: Deed): LiveForm {
  const given = givenBy(form, record, deed, object)
  const known = { ...record, ...given }
  const there = new Map<string, LiveField>()

  function sectionsOf(sections: SectionFace[], prefix: string): LiveSection[] {
    return sections.flatMap((face, at) => {
      if (!holds(face.visible, known, true, object)) return []
      const fields = face.fields.flatMap((placed) => {
        const field = fieldOf(object, placed.field)
        if (!field || !holds(placed.visible, known, true, object)) return []
        const one = worded(field, placed, { known, deed, object })
        there.set(field.key, one)
        return [one]
      })
      return [{ key: `${prefix}${at}`, face, fields }]
    })
  }

  const sections = sectionsOf(form.sections, "s")
  const tabs = form.tabs.flatMap((one, at) =>
    holds(one.visible, known, true, object)
      ? [{ label: one.label, sections: sectionsOf(one.sections, `t${at}.`) }]
      : [],
  )
  const asked = leftOut(object, form, deed).filter((one) => one.required && deed === "create")
  if (asked.length > 0) {
    const fields = asked.map((field) =>
      worded(field, { field: field.key, width: 1 }, { known, deed, object }),
    )
    for (const one of fields) there.set(one.field.key, one)
    sections.push({ key: "asked", face: { columns: 2 }, fields })
  }
  return { sections, tabs, there, given }
}

interface Around {
  known: Draft
  deed: Deed
  object: ObjectMeta
}

function worded(field: FieldMeta, placed: PlacedFace, around: Around): LiveField {
  const { known, deed, object } = around
  const readonly =
    !field[deed] ||
    field.kind === "auto_number" ||
    placed.computed !== undefined ||
    holds(placed.readonly, known, false, object)
  return {
    placed,
    readonly,
    value: known[field.key],
    field: {
      ...field,
      options: optionsFor(field, known),
      label: placed.label ?? field.label,
      help: placed.help ?? field.help,
      required: !readonly && (field.required || holds(placed.required, known, false, object)),
    },
  }
}

/** The options of a field; those that do not go with the rest of the record are not offered. */
export function optionsFor(field: FieldMeta, known: Draft): FieldMeta["options"] {
  if (!field.options.some((one) => one.when)) return field.options
  return field.options.map((one) => (goesWith(one, known) ? one : { ...one, stopped: true }))
}

function goesWith(option: FieldMeta["options"][number], known: Draft): boolean {
  return Object.entries(option.when ?? {}).every(([key, fitting]) => {
    const there = known[key]
    const chosen = Array.isArray(there) ? there : [there]
    return chosen.some((one) => typeof one === "string" && fitting.includes(one))
  })
}

export function vacant(value: Value | undefined): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** The fields that are asked for and not given. */
export function missing(form: LiveForm): string[] {
  return [...form.there.values()]
    .filter((one) => one.field.required && vacant(one.value))
    .map((one) => one.field.key)
}

/** What is to be sent: what was given and is there, and what the form gives where it may be given. */
export function sent(
  object: ObjectMeta,
  form: FormFace,
  laid: LiveForm,
  draft: Draft,
  deed: Deed,
): Record<string, Value> {
  const named = new Set(placesOf(form).map((one) => one.field))
  const out: Record<string, Value> = {}
  for (const [key, value] of Object.entries(draft))
    if (value !== undefined && (laid.there.has(key) || !named.has(key))) out[key] = value
  for (const [key, value] of Object.entries(laid.given))
    if (laid.there.has(key) && fieldOf(object, key)?.[deed]) out[key] = value
  return out
}

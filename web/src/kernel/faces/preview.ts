/** A form that is being drawn, as the people it is for would meet it. Pure. */

import { type Said, saidIn } from "../design/object"
import type { Language } from "../language"
import { fieldOf, type Level, type ObjectMeta } from "../meta"
import { COLUMNS, type FormDocument, type SectionDocument } from "./design"
import type { FormFace, PlacedFace, SectionFace } from "./shapes"

/** The form as somebody meets it for whom fields have these levels. */
export function faceOf(
  form: FormDocument,
  object: ObjectMeta,
  language: Language,
  level: (field: string) => Level | "hidden",
): FormFace {
  const said = (one: Said | undefined) => (one ? saidIn(one, language) : undefined)
  const section = (one: SectionDocument): SectionFace => ({
    ...one,
    label: said(one.label),
    help: said(one.help),
    columns: one.columns ?? COLUMNS,
    fields: one.fields
      .filter((each) => fieldOf(object, each.field) && level(each.field) !== "hidden")
      .map(
        (each): PlacedFace => ({
          ...each,
          width: each.width ?? 1,
          label: said(each.label),
          help: said(each.help),
          placeholder: said(each.placeholder),
        }),
      ),
  })
  return {
    key: form.key,
    label: saidIn(form.label, language),
    purpose: form.purpose,
    rest: form.rest ?? true,
    sections: form.sections.map(section),
    tabs: form.tabs.map((one) => ({
      label: saidIn(one.label, language),
      visible: one.visible,
      sections: one.sections.map(section),
    })),
  }
}

import type { workshopForms as zh } from "../zh/workshop_forms"

/** The words of the designers of forms, views and pages. */
export const workshopForms: Record<keyof typeof zh, string> = {
  "forms.title": "Forms",
  "forms.hint":
    "Fields in sections, tabs and sub-tables, with rules; seen as any role and on a phone",
  "forms.tabs": "Tabs",
  "entry.needed": "Please fill this in",
  "record.quality": "Data quality",
}

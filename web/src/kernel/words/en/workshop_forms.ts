import type { workshopForms as zh } from "../zh/workshop_forms"

/** The words of the designers of forms, views and pages. */
export const workshopForms: Record<keyof typeof zh, string> = {
  "forms.title": "Forms",
}

/** The words of the designers of forms, views and pages. */
export const workshopForms = {
  "forms.title": "表单",
} as const

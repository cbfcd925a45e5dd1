/** The words of the designers of forms, views and pages. */
export const workshopForms = {
  "forms.title": "表单",
  "forms.hint": "把字段拖进分区、页签和子表,写规则,按角色和手机预览",
  "forms.tabs": "页签",
  "entry.needed": "请填写这一项",
  "record.quality": "数据质量",
} as const

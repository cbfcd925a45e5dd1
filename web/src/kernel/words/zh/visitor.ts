/** The words of public forms, which are loaded without all the others. */
export const visitor = {
  loading: "正在打开",
  closed: "此表单目前未开放",
  "closed.hint": "请向给您链接的人询问。",
  again: "再试一次",
  send: "提交",
  sending: "正在提交…",
  required: "请填写",
  choose: "请选择",
  none: "不选",
  yes: "是",
  wrong: "有几处需要修改，已在下方标出。",
  sent: "已收到，谢谢！",
  "sent.hint": "您可以关闭此页面了。",
  "sent.more": "再填一份",
  language: "English",
  "files.add": "选择文件",
  "files.drop": "移除",
  "files.most": "最多 {n} 个",
  "files.size": "，每个不超过 {n} MB：",
  "files.large": "文件过大",
  "files.many": "文件过多",
  stars: "{n} 星",
}

export type VisitorWord = keyof typeof visitor

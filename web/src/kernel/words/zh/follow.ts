/** Words of mentions in what people write. */
export const follow = {
  "mention.whom": "提到同事",
  "mention.found": "{n} 位同事，用上下键选择",
  "mention.sight": "被提到的人只看得到自己有权查看的内容",
  "mention.told": "将通知",
  "mention.others": "提到",
  "setting.mentions": "@ 提到的人存入",
  "setting.mentions.none": "不能 @ 同事",
} as const

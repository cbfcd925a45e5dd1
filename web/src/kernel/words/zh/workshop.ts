/** The words of the frame of the workshop. */
export const workshop = {
  "workshop.title": "搭建",
  "workshop.hint": "不写代码，搭出自己的系统。",
  "workshop.group.build": "搭建",
  "workshop.group.people": "人员与权限",
  "workshop.group.data": "数据",
  "renewal.busy": "正在按新版本的规则更新查重、搜索和排序",
  "renewal.failed": "更新查重、搜索和排序时中断，下次启动会继续",
  "renewal.hint":
    "完成之前，可能认不出或搜不到较早的记录；完成之后会告诉您期间写入的记录中有多少可能已经存在。",
  "renewal.met":
    "新版本更新查重规则期间写入的 {n} 条记录可能已经存在，请在“查重与合并”中查找一次重复。",
} as const

/** The words of one's own account, of keys, logs and approvals. */
export const account = {
  "keys.title": "访问密钥",
  "keys.hint": "给程序用的密钥:范围、有效期、最近使用,可随时吊销。",
  "logs.title": "日志",
  "logs.hint": "操作、登录、变更三本日志,可校验、可导出。",
  "approvals.title": "导出审批",
  "approvals.hint": "等待您批准的导出。",
} as const

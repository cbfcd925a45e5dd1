import type { account as zh } from "../zh/account"

/** The words of one's own account, of keys, logs and approvals. */
export const account: Record<keyof typeof zh, string> = {
  "keys.title": "API keys",
  "keys.hint": "Keys for programs: scopes, expiry, last use; can be revoked at any time.",
  "logs.title": "Logs",
  "logs.hint": "Operations, sign-ins, changes: verified and exported.",
  "approvals.title": "Export approvals",
  "approvals.hint": "Exports that wait for your approval.",
}

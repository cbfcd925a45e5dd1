import type { account as zh } from "../zh/account"

/** The words of one's own account, of keys, logs and approvals. */
export const account: Record<keyof typeof zh, string> = {
  "keys.title": "API keys",
  "keys.hint": "Keys for programs: scopes, expiry, last use; can be revoked at any time.",
  "logs.title": "Logs",
  "logs.hint": "Operations, sign-ins, changes: verified and exported.",
  "approvals.title": "Export approvals",
  "approvals.hint": "Exports that wait for your approval.",
  "account.sessions": "Sessions",
  "account.sessions.none": "No open session.",
  "account.sessions.end": "End all sessions",
  "account.sessions.end.others": "End all other sessions",
  "account.session.end": "End",
  "account.session.current": "this one",
  "account.session.seen": "last {when}",
  "account.device.unknown": "Unknown device",
  "account.way.password": "password",
  "account.way.totp": "password and code",
  "account.way.recovery": "recovery code",
  "account.way.passkey": "passkey",
  "account.way.oidc": "identity provider",
}

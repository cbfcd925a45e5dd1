/** The state of the page of one's own account, as its address holds it. */

export const ME_TABS = ["profile", "security", "sessions", "keys", "notifications", "jobs"] as const

export interface MeSearch {
  tab?: (typeof ME_TABS)[number]
}

export function meSearch(given: Record<string, unknown>): MeSearch {
  return { tab: ME_TABS.find((one) => one === given.tab) }
}

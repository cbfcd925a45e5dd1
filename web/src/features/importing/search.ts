/** What an address says of an import: which one it is, so that a reload goes on with it. */

export interface ImportSearch {
  run?: string
}

const ID = /^[0-9a-f-]{36}$/

export function importSearch(given: Record<string, unknown>): ImportSearch {
  return { run: typeof given.run === "string" && ID.test(given.run) ? given.run : undefined }
}

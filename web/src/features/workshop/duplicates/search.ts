/** What the address says of the duplicate workshop: whose duplicates, and which run. */

export interface DuplicatesSearch {
  object?: string
  run?: string
}

const ID = /^[0-9a-f-]{36}$/

export function duplicatesSearch(given: Record<string, unknown>): DuplicatesSearch {
  return {
    object: typeof given.object === "string" && given.object !== "" ? given.object : undefined,
    run: typeof given.run === "string" && ID.test(given.run) ? given.run : undefined,
  }
}

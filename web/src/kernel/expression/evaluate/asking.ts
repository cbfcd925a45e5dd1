/** What is known of the one who asks. */

import { type Held, list, truth, Unknown } from "./values"

export interface Asker {
  id: string
  department: string | null
  departments: readonly string[]
  roles: readonly string[]
}

export function askedFor(name: string, word: string | null, asker: Asker | undefined): Held {
  if (!asker) throw new Unknown()
  switch (name) {
    case "ME":
      return { is: "record", id: asker.id }
    case "MY_DEPARTMENT":
      return asker.department === null ? null : { is: "record", id: asker.department }
    case "MY_DEPARTMENTS":
      return list([...asker.departments])
    case "MY_ROLES":
      return list([...asker.roles])
    case "HAS_ROLE":
      return truth(asker.roles.includes(word ?? ""))
  }
  throw new Unknown()
}

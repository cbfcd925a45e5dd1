/** The parts of the workshop: where each is, what it is called, and who has a use for it. */

import type { Me } from "./meta"
import type { Word } from "./words/zh"

export interface Section {
  /** The address, below /workshop. */
  to: string
  word: Word
  hint: Word
  icon: string
  group: Word
  /** Whether this person has a use for it; what one may not do is not shown. */
  shown: (who: Me) => boolean
}

export const SECTIONS: readonly Section[] = [
  {
    to: "people",
    word: "people.title",
    hint: "people.hint",
    icon: "users",
    group: "workshop.group.people",
    shown: (who) => who.people,
  },
]

/** The parts one has a use for, group by group. */
export function groupsFor(who: Me): readonly (readonly [Word, readonly Section[]])[] {
  const shown = SECTIONS.filter((one) => one.shown(who))
  const groups = new Set(shown.map((one) => one.group))
  return [...groups].map((group) => [group, shown.filter((one) => one.group === group)])
}

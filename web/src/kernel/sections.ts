/** The parts of the workshop: where each is, what it is called, and who has a use for it. */

import { type Catalog, fieldOf, type Me } from "./meta"
import type { Word } from "./words/zh"

export interface Section {
  /** The address, below /workshop. */
  to: string
  word: Word
  hint: Word
  icon: string
  group: Word
  /** Whether this person has a use for it; what one may not do is not shown. */
  shown: (who: Me, known: Catalog) => boolean
}

export const SECTIONS: readonly Section[] = [
  {
    to: "objects",
    word: "objects.title",
    hint: "objects.hint",
    icon: "box",
    group: "workshop.group.build",
    shown: (who) => who.configure,
  },
  {
    to: "apps",
    word: "apps.title",
    hint: "apps.hint",
    icon: "package",
    group: "workshop.group.build",
    shown: (who) => who.configure,
  },
  {
    to: "forms",
    word: "forms.title",
    hint: "forms.hint",
    icon: "form",
    group: "workshop.group.build",
    shown: (who) => who.configure,
  },
  {
    to: "views",
    word: "views.title",
    hint: "views.hint",
    icon: "view",
    group: "workshop.group.build",
    shown: (who) => who.configure,
  },
  {
    to: "pages",
    word: "pages.title",
    hint: "pages.hint",
    icon: "page",
    group: "workshop.group.build",
    shown: (who) => who.configure,
  },
  {
    to: "people",
    word: "people.title",
    hint: "people.hint",
    icon: "users",
    group: "workshop.group.people",
    shown: (who) => who.people,
  },
  {
    to: "roles",
    word: "roles.title",
    hint: "roles.hint",
    icon: "shield",
    group: "workshop.group.people",
    shown: (who) => who.write_roles || who.configure || who.people || who.audit,
  },
  {
    to: "keys",
    word: "keys.title",
    hint: "keys.hint",
    icon: "key",
    group: "workshop.group.people",
    shown: (who) => who.people,
  },
  {
    to: "approvals",
    word: "approvals.title",
    hint: "approvals.hint",
    icon: "file-check",
    group: "workshop.group.people",
    shown: (who) => who.approve_exports,
  },
  {
    to: "logs",
    word: "logs.title",
    hint: "logs.hint",
    icon: "scroll",
    group: "workshop.group.people",
    shown: (who) => who.audit,
  },
  {
    to: "duplicates",
    word: "duplicates.title",
    hint: "duplicates.hint",
    icon: "copy",
    group: "workshop.group.data",
    shown: (_, known) => known.objects.some((one) => one.may.read && one.may.merge),
  },
  {
    to: "health",
    word: "health.title",
    hint: "health.hint",
    icon: "pulse",
    group: "workshop.group.data",
    shown: (_, known) => known.objects.some((one) => one.may.read && fieldOf(one, "quality")),
  },
]

/** The parts one has a use for, group by group. */
export function groupsFor(
  who: Me,
  known: Catalog,
): readonly (readonly [Word, readonly Section[]])[] {
  const shown = SECTIONS.filter((one) => one.shown(who, known))
  const groups = new Set(shown.map((one) => one.group))
  return [...groups].map((group) => [group, shown.filter((one) => one.group === group)])
}

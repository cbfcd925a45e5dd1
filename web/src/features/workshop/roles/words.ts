/** Scopes, actions, levels and differences as people say them. */

import { useQuery } from "@tanstack/react-query"
import { departments } from "../../../data/people"
import { catalog } from "../../../data/recipes"
import type { Word } from "../../../kernel/words/zh"
import { type Say, useWords } from "../../../ui/words"
import { type Difference, LEVELS, type Level, OTHERS, type ScopeWord, WORDS } from "./model"

export function scopeSaid(say: Say, scope: string, placed: (id: string) => string): string {
  const word = WORDS.find((one) => one === scope)
  if (word) return say(`scope.${word}`)
  const [kind, place] = scope.split(/:(.*)/s)
  if (place && kind === "department") return placed(place)
  if (place && kind === "departments") return say("scope.below", { name: placed(place) })
  return scope
}

export function isExpression(scope: string): boolean {
  return !WORDS.some((one) => one === scope) && !/^departments?:/.test(scope)
}

export interface Naming {
  object: (key: string) => string
  field: (object: string, key: string) => string
  scope: (scope: string) => string
}

/** What things are called: objects and fields as one sees them, departments by name. */
export function useNaming(labels?: ReadonlyMap<string, string>): Naming {
  const say = useWords()
  const { data: known } = useQuery(catalog())
  const { data: places } = useQuery(departments())
  const placed = (id: string) => places?.find((one) => one.id === id)?.name ?? id
  return {
    object: (key) =>
      key === OTHERS ? say("roles.others") : (labels?.get(key) ?? known?.object(key)?.label ?? key),
    field: (object, key) =>
      known?.object(object)?.fields.find((one) => one.key === key)?.label ?? key,
    scope: (scope) => scopeSaid(say, scope, placed),
  }
}

/** A difference as a name, and what was and will be. */
export function differenceSaid(
  say: Say,
  naming: Naming,
  one: Difference,
): { name: string; old: string; now: string } {
  const object = one.object ? naming.object(one.object) : ""
  const name = (part: string) => [object, part].filter(Boolean).join(" · ")
  const none = say("roles.none")
  const list = (values: readonly string[], shown: (value: string) => string) =>
    values.length > 0 ? values.map(shown).join("、") : none
  switch (one.what) {
    case "scope":
      return {
        name: name(say(`act.${one.name}` as Word)),
        old: list(one.old, naming.scope),
        now: list(one.new, naming.scope),
      }
    case "level": {
      const field =
        one.name === "*" ? say("roles.fields.others") : naming.field(one.object, one.name)
      const level = (key: string) => say(`level.${LEVELS.find((it) => it === key) ?? "write"}`)
      return { name: name(field), old: list(one.old, level), now: list(one.new, level) }
    }
    case "power":
      return {
        name: say(`roles.power.${one.name}` as Word),
        old: say(one.old.length > 0 ? "value.yes" : "value.no"),
        now: say(one.new.length > 0 ? "value.yes" : "value.no"),
      }
    case "label":
    case "stage":
    case "denial":
    case "rest":
      return {
        name: name(say(`roles.part.${one.what === "rest" ? (one.name as "reveal") : one.what}`)),
        old: list(one.old, (it) => it),
        now: list(one.new, (it) => it),
      }
  }
}

export const LEVEL_COLORS: Record<Level, string> = {
  hidden: "red",
  masked: "amber",
  read: "blue",
  write: "green",
}

export const SCOPE_COLORS: Record<ScopeWord, string> = {
  own: "grey",
  subordinates: "cyan",
  department: "blue",
  departments: "indigo",
  all: "green",
}

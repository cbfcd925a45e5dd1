/** The names of what the cells of a rehearsal mean: people, departments, records by their ids. */

import { useQueries, useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useLanguage } from "../../data/preferences"
import { catalog, people, records } from "../../data/recipes"
import { quoted } from "../../kernel/expression/write"
import { fieldOf, type ObjectMeta } from "../../kernel/meta"
import type { Tongue } from "../../kernel/rehearsal"
import { useWords } from "../../ui/words"
import type { Line } from "./api"

const AT_ONCE = 200
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** The ids that cells speak of, by the object of which they are. */
function meant(object: ObjectMeta, lines: readonly Line[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const line of lines) {
    for (const cell of line.cells) {
      const target = fieldOf(object, cell.field)?.object
      if (!target) continue
      const ids = found.get(target) ?? new Set()
      found.set(target, ids)
      for (const one of [cell.value, cell.old].flat()) {
        if (typeof one === "string" && ID.test(one)) ids.add(one)
      }
    }
  }
  return found
}

export function useTongue(object: ObjectMeta, lines: readonly Line[]): Tongue {
  const say = useWords()
  const language = useLanguage()
  const { data: known } = useSuspenseQuery(catalog())
  const { data: everybody } = useQuery(people())
  const asked = [...meant(object, lines)].flatMap(([target, ids]) => {
    const title = known.object(target)?.title
    if (!title || !known.object(target)?.may.read) return []
    const all = [...ids]
    return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => ({
      target,
      title,
      ids: all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
    }))
  })
  const answers = useQueries({
    queries: asked.map(({ target, title, ids }) =>
      records.page(target, {
        select: ["id", title],
        where: `id in [${ids.map(quoted).join(", ")}]`,
        limit: AT_ONCE,
      }),
    ),
  })
  const names = new Map(everybody?.map((one) => [one.id, one.name]))
  for (const [at, { data }] of answers.entries()) {
    const title = asked[at]?.title ?? ""
    for (const one of data?.items ?? []) names.set(one.id, String(one[title] ?? ""))
  }
  return { language, yes: say("value.yes"), no: say("value.no"), nameOf: (_, id) => names.get(id) }
}

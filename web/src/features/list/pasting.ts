/** What a block from a spreadsheet would change: names become ids, what cannot be read is told. */

import { useQueryClient } from "@tanstack/react-query"
import { people, records } from "../../data/recipes"
import { type CellChange, effective } from "../../kernel/edits"
import { quoted } from "../../kernel/expression/write"
import { areaOf, type Choice, type Pasted, planPaste } from "../../kernel/grid"
import type { Catalog, FieldMeta, RecordData } from "../../kernel/meta"
import { typed } from "../../kernel/typed"
import type { Rows } from "./rows"
import type { ListState } from "./state"
import { changeOf } from "./writing"

export interface Wrong {
  record: RecordData
  field: FieldMeta
  text: string
}

export interface PastePlan {
  changes: CellChange[]
  records: RecordData[]
  /** Cells whose text is nothing that the field can hold. */
  wrong: Wrong[]
  /** Cells that may not be written. */
  closed: number
}

const NAMES = 500

export function writable(state: ListState, field: FieldMeta): boolean {
  return state.object.may.update && field.update && field.kind !== "children"
}

export function usePastePlan(state: ListState, known: Catalog, rows: Rows) {
  const client = useQueryClient()

  /** One question for each field that points at other records, however many cells there are. */
  async function ids(cells: Pasted[]): Promise<Map<string, Map<string, string>>> {
    const found = new Map<string, Map<string, string>>()
    for (const [column, field] of state.columns.entries()) {
      const texts = cells.filter((one) => one.column === column).map((one) => one.text.trim())
      const words = [...new Set(texts)].filter(Boolean).slice(0, NAMES)
      if (words.length === 0) continue
      if (field.kind === "user") {
        const everybody = await client.ensureQueryData(people())
        found.set(
          field.key,
          new Map(
            everybody.flatMap((one) => [
              [one.label, one.id],
              [one.name, one.id],
            ]),
          ),
        )
      }
      const object = field.kind === "lookup" && known.object(field.object ?? "")
      if (object) {
        const where = `${object.title} in [${words.map(quoted).join(", ")}]`
        const query = { where, select: ["id", object.title], limit: NAMES }
        const page = await client.fetchQuery(records.page(object.key, query))
        found.set(field.key, new Map(page.items.map((one) => [String(one[object.title]), one.id])))
      }
    }
    return found
  }

  return async function plan(choice: Choice, table: string[][]): Promise<PastePlan> {
    const size = { rows: rows.lines.length, columns: state.columns.length }
    const cells = planPaste(choice, table, size)
    const from = areaOf(choice).top
    const to = cells.reduce((most, one) => Math.max(most, one.row), from)
    const lines = await rows.reach({ from, to })
    const named = await ids(cells)
    const changes: CellChange[] = []
    const wrong: Wrong[] = []
    let closed = 0
    for (const cell of cells) {
      const [record, field] = [lines[cell.row - from], state.columns[cell.column]]
      if (!record || !field) continue
      if (!writable(state, field)) {
        closed++
        continue
      }
      const given = typed(field, cell.text, (one, name) => named.get(one.key)?.get(name))
      if ("wrong" in given) wrong.push({ record, field, text: given.wrong })
      else changes.push(changeOf(record, field, given.value, given.name))
    }
    return {
      changes: effective(changes),
      records: lines.flatMap((one) => one ?? []),
      wrong,
      closed,
    }
  }
}

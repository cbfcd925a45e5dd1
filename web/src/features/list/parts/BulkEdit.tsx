import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { records } from "../../../data/recipes"
import { Edit } from "../../../fields/edit"
import type { CellChange } from "../../../kernel/edits"
import { quoted } from "../../../kernel/expression/write"
import { type FieldMeta, fieldOf, type RecordData, type Value } from "../../../kernel/meta"
import { formOf } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import { changeOf } from "../writing"

const MANY = new Set(["tags", "options", "users", "lookups"])

interface Props {
  state: ListState
  ids: string[]
  onChanges: (changes: CellChange[]) => void
  /** Hears what all that the filter finds shall get, if they are picked. */
  onEvery?: (field: FieldMeta, value: Value, add: boolean) => void
}

/** One field of all picked records: set, or for lists of things added to. */
export function BulkEdit({ state, ids, onChanges, onEvery }: Props) {
  const say = useWords()
  const client = useQueryClient()
  const { object } = state
  const fields = formOf(object, "update").filter((one) => !one.unique && one.kind !== "children")
  const usual = fields.find((one) => one.kind === "option") ?? fields[0]
  const [key, setKey] = useState(usual?.key ?? "")
  const [value, setValue] = useState<Value>(null)
  const [name, setName] = useState<string>()
  const field = fieldOf(object, key)

  /** What is there now is asked for first, so that all of it can be taken back. */
  async function run(to: FieldMeta, add: boolean) {
    if (onEvery) return onEvery(to, value, add)
    const where = `id in [${ids.map(quoted).join(", ")}]`
    const select = ["id", "version", to.key]
    const page = records.page(object.key, { where, select, limit: ids.length })
    try {
      const { items } = await client.fetchQuery({ ...page, staleTime: 0 })
      const next = (one: RecordData) => (add ? together(one[to.key], value) : value)
      onChanges(items.map((one) => changeOf(one, to, next(one), name)))
    } catch (error) {
      tellFault(error)
    }
  }
  if (!field) return null
  return (
    <div className="bulk-edit">
      <select
        className="input"
        aria-label={say("filter.field")}
        value={key}
        onChange={(event) => {
          setKey(event.target.value)
          setValue(null)
        }}
      >
        {fields.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
      <Edit
        key={key}
        field={field}
        value={value}
        name={name}
        onChange={(next, called) => {
          setValue(next)
          setName(called)
        }}
      />
      <div className="bulk-edit-do">
        {MANY.has(field.kind) && (
          <Button small disabled={value === null} onClick={() => void run(field, true)}>
            {say("bulk.add")}
          </Button>
        )}
        <Button small look="main" onClick={() => void run(field, false)}>
          {say(value === null ? "bulk.clear" : "bulk.set")}
        </Button>
      </div>
    </div>
  )
}

function together(old: Value | undefined, more: Value): Value {
  const list = (value: Value | undefined) => (Array.isArray(value) ? value : [])
  return [...new Set([...list(old), ...list(more)])]
}

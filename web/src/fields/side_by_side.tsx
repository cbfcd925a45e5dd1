import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { catalog, people, records } from "../data/recipes"
import { quoted } from "../kernel/expression/write"
import type { FieldMeta, ObjectMeta, RecordData, Value } from "../kernel/meta"
import { factsOf } from "../kernel/shape"
import { Shown } from "./show"
import "./side_by_side.css"

export interface Side {
  id: string
  title: string | null
  /** Not there before it is read, nor after somebody threw it away. */
  record: RecordData | undefined
}

/** Reads some records with the names of what they point at, and shows values as one of them has them. */
export function useSides(object: ObjectMeta, ids: readonly string[]) {
  const { data: known } = useSuspenseQuery(catalog())
  const { data: everybody } = useQuery(people())
  const asked = factsOf(object).flatMap((one) => known.asked(one))
  const select = [...new Set(["id", object.title, ...asked])]
  const where = `id in [${ids.map(quoted).join(", ")}]`
  const found = useQuery(records.page(object.key, { where, select, limit: ids.length }))
  const items = found.data?.items ?? []
  const nameOf = (id: string) => everybody?.find((one) => one.id === id)?.name
  const shown = (field: FieldMeta, value: Value | undefined) => {
    const holder = items.find((one) => one[field.key] === value)
    const name = holder && known.named(holder, field)
    return <Shown field={field} value={value} name={name} nameOf={nameOf} />
  }
  return { found, items, shown }
}

interface Props {
  label: string
  sides: readonly Side[]
  fields: readonly FieldMeta[]
  keep: string | undefined
  onKeep: (id: string) => void
  shown: (field: FieldMeta, value: Value | undefined) => ReactNode
  /** What stands beside the title of a record. */
  beside?: (side: Side) => ReactNode
  /** What stands around a value: a choice. */
  around?: (side: Side, field: FieldMeta, value: ReactNode) => ReactNode
  /** Says of a field how the records compare in it. */
  state?: (field: FieldMeta) => string
  /** What would come of it all, as a last column. */
  result?: { label: string; of: (field: FieldMeta) => ReactNode }
}

/** Records in columns and their fields in rows; one of the records is the one to keep. */
export function SideBySide(props: Props) {
  const { label, sides, fields, keep, onKeep, shown, beside, around, state, result } = props
  return (
    <table className="sides">
      <thead>
        <tr>
          <th scope="col">{label}</th>
          {sides.map((one) => (
            <th key={one.id} scope="col">
              <label>
                <input
                  type="radio"
                  name="keep"
                  checked={one.id === keep}
                  onChange={() => onKeep(one.id)}
                />{" "}
                {one.title}
              </label>
              {beside?.(one)}
            </th>
          ))}
          {result && <th scope="col">{result.label}</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.key} data-state={state?.(field)}>
            <th scope="row">{field.label}</th>
            {sides.map((one) => {
              const value = shown(field, one.record?.[field.key])
              return <td key={one.id}>{around ? around(one, field, value) : value}</td>
            })}
            {result && <td className="sides-result">{result.of(field)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

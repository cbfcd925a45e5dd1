import { at } from "../../../kernel/grid"
import type { Catalog, RecordData } from "../../../kernel/meta"
import type { useGridKeys } from "../keys"
import type { usePicking } from "../picking"
import type { ListState } from "../state"
import type { pinsOf } from "../widths"
import type { useWriting } from "../writing"
import { BoneRow } from "./BoneRow"
import { Row } from "./Row"

interface LineProps {
  /** Its number among all lines, and how far down it stands. */
  place: number
  top: number
  template: string
  record: RecordData | undefined
  state: ListState
  known: Catalog
  pins: ReturnType<typeof pinsOf>
  grid: ReturnType<typeof useGridKeys>
  picking: ReturnType<typeof usePicking>
  writing: ReturnType<typeof useWriting>
}

/** One line of a table: a record, or its bones until it is read. */
export function Line(props: LineProps) {
  const { place, top, template, record, state, known, pins, grid, picking, writing } = props
  const { choice, setChoice, editing, setEditing } = grid
  if (!record)
    return (
      <BoneRow
        top={top}
        template={template}
        columns={Math.min(3, state.columns.length)}
        place={place}
      />
    )
  return (
    <Row
      place={place}
      top={top}
      template={template}
      record={record}
      columns={state.columns}
      pins={pins}
      known={known}
      object={state.object}
      choice={choice}
      editing={editing && choice?.active.row === place}
      picked={picking.has(record.id)}
      onPick={(on) => picking.turn(record.id, on)}
      onChoose={(column, stretch) =>
        setChoice((now) => {
          const here = at(place, column)
          return stretch && now ? { ...here, anchor: now.anchor } : here
        })
      }
      onEdit={setEditing}
      onPeek={() => state.set({ peek: record.id })}
      peeked={state.search.peek === record.id}
      onWrite={(field, value, name) => writing.write(record, field, value, name)}
    />
  )
}

import { areaOf } from "../../../kernel/grid"
import type { RecordData } from "../../../kernel/meta"
import type { Sheet } from "../sheet"
import { BoneRow } from "./BoneRow"
import { Row } from "./Row"

interface Props {
  sheet: Sheet
  /** Its number among all lines, and how far down it stands. */
  place: number
  top: number
  record: RecordData | undefined
}

/** One line of a table: a record, or its bones until it is read. */
export function Line({ sheet, place, top, record }: Props) {
  const { state, template, pins, known, grid, picking, acts } = sheet
  if (!record)
    return (
      <BoneRow
        top={top}
        template={template}
        columns={Math.min(3, state.columns.length)}
        place={place}
      />
    )
  const { choice } = grid
  const area = choice && areaOf(choice)
  const chosen = area && place >= area.top && place <= area.bottom
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
      choice={chosen ? choice : undefined}
      editing={grid.editing && choice?.active.row === place}
      picked={picking.has(record.id)}
      peeked={state.search.peek === record.id}
      acts={acts}
    />
  )
}

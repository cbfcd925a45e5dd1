import { useMemo } from "react"
import { Trouble } from "../../../ui/states"
import { useRows } from "../rows"
import { useSheet } from "../sheet"
import type { ListState } from "../state"
import { Count } from "./Count"
import { Line } from "./Line"
import { SheetBox } from "./SheetBox"

/** A table as long as the answer: only the lines in sight are there, the next pages come in time. */
export function Table({ state }: { state: ListState }) {
  const rows = useRows(state.object.key, { ...state.query, select: state.selected })
  const { lines } = rows
  const read = useMemo(() => lines.flatMap((one) => one ?? []), [lines])
  const sheet = useSheet({ state, rows, read, count: lines.length })
  if (rows.error && read.length === 0) return <Trouble error={rows.error} retry={rows.again} />
  return (
    <SheetBox sheet={sheet} length={lines.length} foot={<Count state={state} />}>
      {sheet.shown.map(({ index, start }) => (
        <Line key={index} sheet={sheet} place={index} top={start} record={lines[index]} />
      ))}
    </SheetBox>
  )
}

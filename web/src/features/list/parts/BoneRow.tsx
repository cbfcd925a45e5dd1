import { memo } from "react"
import { ROW } from "../sheet"

/** The lines of a table that is on its way. */
export function TableBones({ template, columns }: { template: string; columns: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 18 }, (_, row) => row).map((row) => (
        <BoneRow key={row} place={row} template={template} columns={columns} />
      ))}
    </div>
  )
}

interface BoneProps {
  place: number
  /** Where it lies; without it, where it stands. */
  top?: number
  template: string
  columns: number
}

/** A line that is on its way. */
export const BoneRow = memo(function BoneRow({ place, top, template, columns }: BoneProps) {
  const transform = top === undefined ? undefined : `translateY(${top}px)`
  return (
    <div
      className="grid-row"
      aria-hidden="true"
      style={{ gridTemplateColumns: template, height: ROW, transform }}
    >
      <span />
      {Array.from({ length: columns }, (_, column) => column).map((column) => (
        <div key={column} className="grid-cell">
          <div
            className="bone"
            style={{ height: 12, width: `${80 - ((place * 13 + column * 29) % 45)}%` }}
          />
        </div>
      ))}
    </div>
  )
})

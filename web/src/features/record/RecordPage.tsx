import { useParams } from "@tanstack/react-router"
import { RecordView } from "./RecordView"

/** One record as a page. */
export function RecordPage() {
  const { object, id } = useParams({ from: "/inside/desk/$object/$id" })
  return (
    <div className="record-frame">
      <RecordView object={object} id={id} />
    </div>
  )
}

import { listable } from "../../../../kernel/shape"
import { useWords } from "../../../../ui/words"
import { OfferedFields } from "../../faces/Offered"
import type { ViewDrawing } from "../ViewDesigner"

/** The fields that are no columns yet. */
export function ColumnPalette({ view, object, change }: ViewDrawing) {
  const say = useWords()
  return (
    <OfferedFields
      title={say("views.columns")}
      fields={object.fields.filter(
        (one) => !view.select.includes(one.key) && (listable(one) || one.kind === "long_text"),
      )}
      onAdd={(field) => change({ ...view, select: [...view.select, field] })}
    />
  )
}

import { put, roomOf, rooms, spotOf, unplaced } from "../../../../kernel/faces/design"
import { useWords } from "../../../../ui/words"
import { OfferedFields } from "../../faces/Offered"
import type { Drawing } from "../FormDesigner"

/** The fields that are not on the form yet; a click puts one behind what is chosen. */
export function Palette({ form, object, choice, choose, change }: Drawing) {
  const say = useWords()
  const rest = unplaced(object, form)

  function add(field: string) {
    const behind = choice.what === "field" ? spotOf(form, choice.field) : undefined
    const room = choice.what === "section" ? choice.room : (rooms(form).at(-1) ?? undefined)
    const to = behind
      ? { ...behind, index: behind.index + 1 }
      : room && { ...room, index: roomOf(form, room)?.fields.length ?? 0 }
    if (!to) return
    change(put(form, field, to))
    choose({ what: "field", field })
  }
  return (
    <>
      <OfferedFields title={say("forms.fields")} fields={rest} onAdd={add} />
      {rest.length === 0 && <p className="soft pane-note">{say("forms.all_placed")}</p>}
      <p className="soft pane-note">{say("forms.drag.hint")}</p>
    </>
  )
}

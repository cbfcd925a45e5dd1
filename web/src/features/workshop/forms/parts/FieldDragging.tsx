import type { DragEndEvent } from "@dnd-kit/core"
import type { ReactNode } from "react"
import { put, roomOf, type Spot, spotOf } from "../../../../kernel/faces/design"
import { fieldOf } from "../../../../kernel/meta"
import { useWords } from "../../../../ui/words"
import { Dragging, textIn } from "../../faces/Dragging"
import type { Drawing } from "../FormDesigner"

/** Fields are dragged from the palette to the canvas, and about on it. */
export function FieldDragging({ drawing, children }: { drawing: Drawing; children: ReactNode }) {
  const say = useWords()
  const { form, object, change, choose } = drawing

  function drop(held: string, { over }: DragEndEvent) {
    const to = landing(held, String(over?.id))
    if (!to) return
    change(put(form, held, to))
    choose({ what: "field", field: held })
  }
  function landing(held: string, id: string): Spot | undefined {
    const [kind = "", name = ""] = id.split(":")
    if (kind === "field") {
      const there = spotOf(form, name)
      const from = spotOf(form, held)
      if (!there || name === held) return undefined
      const down = from && from.tab === there.tab && from.section === there.section
      return down && from.index < there.index ? { ...there, index: there.index + 1 } : there
    }
    if (kind !== "room") return undefined
    const [tab = -1, section = 0] = name.split("/").map(Number)
    const room = { tab, section }
    return { ...room, index: roomOf(form, room)?.fields.length ?? 0 }
  }
  return (
    <Dragging
      read={(told) => textIn(told.field)}
      first="field:"
      nearest
      hint={say("forms.drag.keys")}
      named={(held) => fieldOf(object, held)?.label ?? held}
      onDrop={drop}
    >
      {children}
    </Dragging>
  )
}

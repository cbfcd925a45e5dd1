import {
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { type ReactNode, useState } from "react"
import { put, roomOf, type Spot, spotOf } from "../../../../kernel/faces/design"
import { fieldOf } from "../../../../kernel/meta"
import { useWords } from "../../../../ui/words"
import { announcing } from "../../faces/announcing"
import type { Drawing } from "../FormDesigner"

const FAR = 5

/** What lies under the pointer counts; a field before the section it lies in. */
const under: CollisionDetection = (args) => {
  const hit = pointerWithin(args)
  const fields = hit.filter((one) => String(one.id).startsWith("field:"))
  if (fields.length > 0) return fields
  return hit.length > 0 ? hit : closestCenter(args)
}

/** Dragging with the pointer; by keys the same is done from the canvas and the palette. */
export function Dragging({ drawing, children }: { drawing: Drawing; children: ReactNode }) {
  const say = useWords()
  const { form, object, change, choose } = drawing
  const [held, setHeld] = useState<string>()
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: FAR } }))

  function drop({ over }: DragEndEvent) {
    setHeld(undefined)
    const to = over && landing(String(over.id))
    if (!held || !to) return
    change(put(form, held, to))
    choose({ what: "field", field: held })
  }
  function landing(id: string): Spot | undefined {
    const [kind = "", name = ""] = id.split(":")
    if (kind === "field" && held) {
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
  const label = held && (fieldOf(object, held)?.label ?? held)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={under}
      accessibility={{
        announcements: announcing(say),
        screenReaderInstructions: { draggable: say("forms.drag.keys") },
      }}
      onDragStart={(event) => setHeld(String(event.active.data.current?.field ?? ""))}
      onDragCancel={() => setHeld(undefined)}
      onDragEnd={drop}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {label && <div className="held-field">{label}</div>}
      </DragOverlay>
    </DndContext>
  )
}

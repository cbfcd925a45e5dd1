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
import { useWords } from "../../../ui/words"
import { announcing } from "./announcing"

const FAR = 5

interface Props<Held> {
  /** What is held, out of what the dragged thing says of itself. */
  read: (told: Record<string, unknown>) => Held | undefined
  /** How the names of things begin that go before the room they lie in. */
  first: string
  /** Whether what is nearest is meant, where nothing lies under the pointer. */
  nearest?: boolean
  hint: string
  named: (held: Held) => ReactNode
  onDrop: (held: Held, event: DragEndEvent) => void
  children: ReactNode
}

/** Dragging with the pointer; by keys the same is done from the canvas and the palette. */
export function Dragging<Held>(props: Props<Held>) {
  const { read, first, nearest, hint, named, onDrop, children } = props
  const say = useWords()
  const [held, setHeld] = useState<Held>()
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: FAR } }))
  const under: CollisionDetection = (args) => {
    const hit = pointerWithin(args)
    const before = hit.filter((one) => String(one.id).startsWith(first))
    if (before.length > 0) return before
    return nearest && hit.length === 0 ? closestCenter(args) : hit
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={under}
      accessibility={{
        announcements: announcing(say),
        screenReaderInstructions: { draggable: hint },
      }}
      onDragStart={({ active }) => setHeld(() => read(active.data.current ?? {}))}
      onDragCancel={() => setHeld(undefined)}
      onDragEnd={(event) => {
        setHeld(undefined)
        if (held && event.over) onDrop(held, event)
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {held && <div className="held-field">{named(held)}</div>}
      </DragOverlay>
    </DndContext>
  )
}

/** A dragged thing says of itself what it is called, if it says so in words. */
export function textIn(told: unknown): string | undefined {
  return typeof told === "string" && told !== "" ? told : undefined
}

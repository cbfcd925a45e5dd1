import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable"
import { GripVertical, Pin } from "lucide-react"
import type { FieldMeta } from "../../../kernel/meta"
import { listable } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"

/** Which columns a table has, and in which order: checked ones on top, to be dragged. */
export function ColumnsMenu({ state }: { state: ListState }) {
  const say = useWords()
  const { object, columns } = state
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const keys = columns.map((one) => one.key).filter((one) => one !== object.title)
  const others = object.fields.filter(
    (one) => listable(one) && one.key !== object.title && !keys.includes(one.key),
  )
  const set = (next: string[]) => state.set({ columns: [object.title, ...next].join(",") })
  const pinned = columns.slice(1, state.pinned).map((one) => one.key)
  // The title says: nothing but the title, whatever the view pins.
  const pin = (next: string[]) => state.set({ pinned: [object.title, ...next].join(",") })
  function dropped({ active, over }: DragEndEvent) {
    if (over) set(arrayMove(keys, keys.indexOf(String(active.id)), keys.indexOf(String(over.id))))
  }
  return (
    <div className="columns">
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={dropped}>
        <SortableContext items={keys} strategy={verticalListSortingStrategy}>
          {columns.slice(1).map((one) => (
            <Column
              key={one.key}
              field={one}
              pinned={pinned.includes(one.key)}
              onPin={(on) =>
                pin(on ? [...pinned, one.key] : pinned.filter((key) => key !== one.key))
              }
              onDrop={() => set(keys.filter((key) => key !== one.key))}
            />
          ))}
        </SortableContext>
      </DndContext>
      <div className="float-line" />
      {others.map((one) => (
        <label key={one.key} className="float-item">
          <input type="checkbox" checked={false} onChange={() => set([...keys, one.key])} />{" "}
          {one.label}
        </label>
      ))}
      <div className="float-line" />
      <Button
        small
        look="quiet"
        onClick={() => state.set({ columns: undefined, pinned: undefined })}
      >
        {say("columns.reset")}
      </Button>
    </div>
  )
}

interface ColumnProps {
  field: FieldMeta
  pinned: boolean
  onPin: (on: boolean) => void
  onDrop: () => void
}

function Column({ field, pinned, onPin, onDrop }: ColumnProps) {
  const say = useWords()
  const { setNodeRef, attributes, listeners, transform, transition } = useSortable({
    id: field.key,
  })
  const style = { transform: transform ? `translateY(${transform.y}px)` : undefined, transition }
  return (
    <div ref={setNodeRef} className="float-item" style={style}>
      <label className="columns-check">
        <input type="checkbox" checked onChange={onDrop} />{" "}
        <span className="clip">{field.label}</span>
      </label>
      <button
        type="button"
        className="columns-pin"
        aria-pressed={pinned}
        aria-label={say("columns.pin", { field: field.label })}
        title={say("columns.pin", { field: field.label })}
        onClick={() => onPin(!pinned)}
      >
        <Pin size={14} />
      </button>
      <button
        type="button"
        className="columns-grip"
        {...attributes}
        {...listeners}
        aria-label={field.label}
      >
        <GripVertical size={14} />
      </button>
    </div>
  )
}

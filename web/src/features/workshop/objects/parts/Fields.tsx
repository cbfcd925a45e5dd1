import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useRef, useState } from "react"
import {
  added,
  type FieldDocument,
  freeKey,
  moved,
  nextOption,
  put,
  saying,
  without,
} from "../../../../kernel/design/object"
import type { KindOf } from "../../../../kernel/design/schema"
import { Button } from "../../../../ui/button"
import { Dialog } from "../../../../ui/dialog"
import { useNarrow } from "../../../../ui/narrow"
import { Empty } from "../../../../ui/states"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"
import { FieldLine } from "./FieldLine"
import { FieldProperties } from "./FieldProperties"
import { Palette } from "./Palette"

/** Three panes: kinds of fields to take from, the fields in order, and what is said of one. */
export function Fields({ design }: { design: Design }) {
  const say = useWords()
  const narrow = useNarrow()
  const go = useNavigate({ from: "/workshop/objects/$key" })
  const search = useSearch({ from: "/inside/workshop/objects/$key" })
  const [picking, setPicking] = useState(false)
  const { draft, language } = design
  const { document } = draft
  const found = document.fields.findIndex((one) => one.key === search.field)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor),
  )
  function pick(key: string | undefined) {
    void go({ search: (old) => ({ ...old, field: key }), replace: true })
  }
  function add(kind: KindOf, at = found === -1 ? document.fields.length : found + 1) {
    const keys = document.fields.map((one) => one.key)
    const key = freeKey(kind.name, keys)
    draft.change(added(document, fresh(kind, key, say("field.new"), design), at))
    setPicking(false)
    pick(key)
  }
  function drop({ active, over }: DragEndEvent) {
    if (!over) return
    const to = document.fields.findIndex((one) => one.key === over.id)
    const kind = design.kinds.find((one) => `kind:${one.name}` === active.id)
    const from = document.fields.findIndex((one) => one.key === active.id)
    if (kind) add(kind, to === -1 ? document.fields.length : to)
    else if (from !== -1 && to !== -1 && from !== to) draft.change(moved(document, from, to))
  }
  function change(next: FieldDocument) {
    const before = document.fields[found]
    draft.change({
      ...put(document, found, next),
      title: document.title === before?.key ? next.key : document.title,
    })
    if (before?.key !== next.key) pick(next.key)
  }
  const latest = useRef({ draft, field: search.field })
  latest.current = { draft, field: search.field }
  function rename(from: string, to: string) {
    const { draft: now, field } = latest.current
    const at = now.document.fields.findIndex((one) => one.key === from)
    const one = now.document.fields[at]
    if (!one) return
    now.change({
      ...put(now.document, at, { ...one, key: to }),
      title: now.document.title === from ? to : now.document.title,
    })
    if (field === from) pick(to)
  }
  const one = document.fields[found]
  const properties = one && (
    <FieldProperties
      key={found}
      design={design}
      field={one}
      at={found}
      onChange={change}
      onRename={rename}
      onDrop={() => {
        draft.change(without(document, found))
        pick(undefined)
      }}
    />
  )
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <div className="designer-panes">
        {!narrow && <Palette kinds={design.kinds} onTake={(kind) => add(kind)} />}
        <section className="designer-canvas" aria-label={say("objects.part.fields")}>
          {narrow && (
            <Button icon={<Plus size={16} />} onClick={() => setPicking(true)}>
              {say("field.add")}
            </Button>
          )}
          <SortableContext
            items={document.fields.map((each) => each.key)}
            strategy={verticalListSortingStrategy}
          >
            <ol className="field-lines">
              {document.fields.map((each, at) => (
                <FieldLine
                  key={each.key}
                  field={each}
                  kind={design.kinds.find((kind) => kind.name === each.kind)}
                  title={document.title === each.key}
                  picked={at === found}
                  wrong={design.problems.find((problem) => problem.field === at)?.message}
                  language={language}
                  onPick={() => pick(each.key)}
                />
              ))}
            </ol>
          </SortableContext>
          {document.fields.length === 0 && <Empty title={say("field.none")} />}
        </section>
        {!narrow && (
          <section className="designer-properties" aria-label={say("field.properties")}>
            {properties ?? <p className="soft designer-hint">{say("field.pick")}</p>}
          </section>
        )}
      </div>
      {narrow && picking && (
        <Dialog title={say("field.add")} look="side" onClose={() => setPicking(false)}>
          <Palette kinds={design.kinds} onTake={(kind) => add(kind)} />
        </Dialog>
      )}
      {narrow && properties && (
        <Dialog title={say("field.properties")} look="side" onClose={() => pick(undefined)}>
          {properties}
        </Dialog>
      )}
    </DndContext>
  )
}

function fresh(kind: KindOf, key: string, label: string, design: Design): FieldDocument {
  const field: FieldDocument = { key, kind: kind.name, label: saying(null, design.language, label) }
  if (kind.settings.some((one) => one.control === "options")) {
    const first = nextOption([], design.language === "zh" ? "选项一" : "First")
    return { ...field, options: [{ ...first, label: first.label as { zh: string } }] }
  }
  return field
}

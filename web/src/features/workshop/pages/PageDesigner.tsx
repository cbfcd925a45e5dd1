import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { Settings2 } from "lucide-react"
import { useState } from "react"
import type { Complaint } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { saidIn } from "../../../kernel/design/object"
import {
  type BlockDocument,
  blockAdded,
  blockAt,
  blockMoved,
  blocksOf,
  type PageDocument,
  type Place,
  placeOf,
} from "../../../kernel/faces/page"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import { announcing } from "../faces/announcing"
import { Frame } from "../faces/Frame"
import type { Draft } from "../faces/useDraft"
import "./pages.css"
import { BlockPalette } from "./parts/BlockPalette"
import { BlockProperties, PageProperties } from "./parts/BlockProperties"
import { useBlockName } from "./parts/block_name"
import { PageCanvas } from "./parts/PageCanvas"

export interface PageDrawing {
  page: PageDocument
  object: ObjectMeta
  chosen: Place | undefined
  choose: (place: Place | undefined) => void
  change: (page: PageDocument) => void
  problems: readonly Complaint[]
}

const FAR = 5

/** The designer of record pages: blocks on the left, the page in the middle, what is chosen on the right. */
export function PageDesigner({
  draft,
  object,
}: {
  draft: Draft<PageDocument>
  object: ObjectMeta
}) {
  const say = useWords()
  const language = useLanguage()
  const nameOf = useBlockName(object)
  const [chosen, choose] = useState<Place>()
  const [held, setHeld] = useState<BlockDocument>()
  const page = draft.now
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: FAR } }))
  const drawing: PageDrawing = {
    page,
    object,
    chosen: chosen && blockAt(page, chosen) ? chosen : undefined,
    choose,
    change: draft.set,
    problems: draft.problems,
  }

  function drop({ active, over }: DragEndEvent) {
    setHeld(undefined)
    const to = over && landing(page, String(over.id))
    if (!to) return
    const from: unknown = active.data.current?.place
    if (isPlace(from)) {
      const moved = blockMoved(page, from, to)
      draft.set(moved.page)
      choose(moved.place)
    } else if (held) {
      draft.set(blockAdded(page, held, to))
      choose(to)
    }
  }
  return (
    <DndContext
      sensors={sensors}
      accessibility={{
        announcements: announcing(say),
        screenReaderInstructions: { draggable: say("faces.drag.keys") },
      }}
      collisionDetection={(args) => {
        const hit = pointerWithin(args)
        const blocks = hit.filter((one) => String(one.id).startsWith("block:"))
        return blocks.length > 0 ? blocks : hit
      }}
      onDragStart={({ active }) => setHeld(active.data.current?.block as BlockDocument)}
      onDragCancel={() => setHeld(undefined)}
      onDragEnd={drop}
    >
      <Frame
        draft={draft}
        home="pages"
        title={
          <h1 className="drawing-title">
            {object.label} <span className="faint">/</span> {saidIn(page.label, language)}
          </h1>
        }
        tools={
          <Button
            look="quiet"
            aria-pressed={drawing.chosen === undefined}
            icon={<Settings2 size={15} />}
            onClick={() => choose(undefined)}
          >
            {say("faces.settings")}
          </Button>
        }
        left={<BlockPalette {...drawing} />}
        right={
          drawing.chosen ? (
            <BlockProperties {...drawing} place={drawing.chosen} />
          ) : (
            <PageProperties {...drawing} />
          )
        }
        where={(one) => {
          const at = placeOf(one.path)
          const block = at && blockAt(page, at)
          return block ? nameOf(block) : say("pages.page")
        }}
        onPick={(one) => choose(placeOf(one.path))}
      >
        <PageCanvas {...drawing} />
      </Frame>
      <DragOverlay dropAnimation={null}>
        {held && <div className="held-field">{nameOf(held)}</div>}
      </DragOverlay>
    </DndContext>
  )
}

function isPlace(one: unknown): one is Place {
  return typeof one === "object" && one !== null && "area" in one && "at" in one
}

/** `block:0/1` is before that block, `area:0` at the end of the column. */
function landing(page: PageDocument, id: string): Place | undefined {
  const [kind, name = ""] = id.split(":")
  const [area = -1, at = 0] = name.split("/").map(Number)
  if (kind === "block") return { area, at }
  return kind === "area" ? { area, at: blocksOf(page, area).length } : undefined
}

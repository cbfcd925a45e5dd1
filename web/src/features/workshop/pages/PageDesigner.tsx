import type { DragEndEvent } from "@dnd-kit/core"
import { useState } from "react"
import type { Complaint } from "../../../data/fault"
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
import { useWords } from "../../../ui/words"
import { Dragging } from "../faces/Dragging"
import { Frame, SettingsTool } from "../faces/Frame"
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

/** The designer of record pages: blocks on the left, the page in the middle, what is chosen on the right. */
export function PageDesigner({
  draft,
  object,
}: {
  draft: Draft<PageDocument>
  object: ObjectMeta
}) {
  const say = useWords()
  const nameOf = useBlockName(object)
  const [chosen, choose] = useState<Place>()
  const page = draft.now
  const drawing: PageDrawing = {
    page,
    object,
    chosen: chosen && blockAt(page, chosen) ? chosen : undefined,
    choose,
    change: draft.set,
    problems: draft.problems,
  }

  function drop(held: BlockDocument, { active, over }: DragEndEvent) {
    const to = landing(page, String(over?.id))
    if (!to) return
    const from: unknown = active.data.current?.place
    if (isPlace(from)) {
      const moved = blockMoved(page, from, to)
      draft.set(moved.page)
      choose(moved.place)
    } else {
      draft.set(blockAdded(page, held, to))
      choose(to)
    }
  }
  return (
    <Dragging
      read={(told) => told.block as BlockDocument | undefined}
      first="block:"
      hint={say("faces.drag.keys")}
      named={nameOf}
      onDrop={drop}
    >
      <Frame
        draft={draft}
        home="pages"
        title={[object.label, page.label]}
        tools={
          <SettingsTool pressed={drawing.chosen === undefined} onClick={() => choose(undefined)} />
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
    </Dragging>
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

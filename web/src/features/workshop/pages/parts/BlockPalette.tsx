import { useDraggable } from "@dnd-kit/core"
import { GripVertical, Plus } from "lucide-react"
import { type BlockDocument, blockAdded, blocksOf, unshown } from "../../../../kernel/faces/page"
import type { BlockKind } from "../../../../kernel/faces/shapes"
import { Button } from "../../../../ui/button"
import { useWords } from "../../../../ui/words"
import type { PageDrawing } from "../PageDesigner"
import { useBlockName } from "./block_name"

const KINDS: readonly BlockKind[] = ["facts", "timeline", "journal", "stage", "quality", "related"]

/** What can stand on a page: every kind of block, and the records of each relation. */
export function BlockPalette(props: PageDrawing) {
  const { page, object, chosen, choose, change } = props
  const say = useWords()
  const relations = unshown(object, page)

  function add(block: BlockDocument) {
    const area = chosen?.area ?? Math.max(0, page.columns.length - 1)
    const at = chosen ? chosen.at + 1 : blocksOf(page, area).length
    change(blockAdded(page, block, { area, at }))
    choose({ area, at })
  }
  return (
    <>
      <h2 className="pane-title">{say("pages.blocks")}</h2>
      <ul className="palette-fields">
        {KINDS.map((one) => (
          <Offered key={one} object={object} block={{ block: one }} onAdd={add} />
        ))}
      </ul>
      {relations.length > 0 && (
        <>
          <h2 className="pane-title pages-part">{say("record.related")}</h2>
          <ul className="palette-fields">
            {relations.map((one) => (
              <Offered
                key={one.key}
                object={object}
                block={{ block: "related", relation: one.key }}
                onAdd={add}
              />
            ))}
          </ul>
        </>
      )}
      <p className="soft pane-note">{say("pages.drag.hint")}</p>
    </>
  )
}

function Offered({
  object,
  block,
  onAdd,
}: {
  object: PageDrawing["object"]
  block: BlockDocument
  onAdd: (block: BlockDocument) => void
}) {
  const say = useWords()
  const name = useBlockName(object)(block)
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `offered:${block.block}:${block.relation ?? ""}`,
    data: { block },
  })
  return (
    <li ref={setNodeRef} className="palette-field" data-held={isDragging} {...listeners}>
      <GripVertical size={14} aria-hidden="true" />
      <span className="clip">{name}</span>
      <Button
        small
        look="quiet"
        aria-label={say("forms.add", { field: name })}
        icon={<Plus size={14} />}
        onClick={() => onAdd(block)}
      />
    </li>
  )
}

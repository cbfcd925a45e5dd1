import { type BlockDocument, blockAdded, blocksOf, unshown } from "../../../../kernel/faces/page"
import type { BlockKind } from "../../../../kernel/faces/shapes"
import { useWords } from "../../../../ui/words"
import { Offered } from "../../faces/Offered"
import type { PageDrawing } from "../PageDesigner"
import { useBlockName } from "./block_name"

const KINDS: readonly BlockKind[] = ["facts", "timeline", "journal", "stage", "quality", "related"]

/** What can stand on a page: every kind of block, and the records of each relation. */
export function BlockPalette(props: PageDrawing) {
  const { page, object, chosen, choose, change } = props
  const say = useWords()
  const nameOf = useBlockName(object)
  const relations = unshown(object, page)
  const offered = (block: BlockDocument) => (
    <Offered
      key={block.relation ?? block.block}
      id={`offered:${block.block}:${block.relation ?? ""}`}
      data={{ block }}
      label={nameOf(block)}
      onAdd={() => add(block)}
    />
  )

  function add(block: BlockDocument) {
    const area = chosen?.area ?? Math.max(0, page.columns.length - 1)
    const at = chosen ? chosen.at + 1 : blocksOf(page, area).length
    change(blockAdded(page, block, { area, at }))
    choose({ area, at })
  }
  return (
    <>
      <h2 className="pane-title">{say("pages.blocks")}</h2>
      <ul className="palette-fields">{KINDS.map((one) => offered({ block: one }))}</ul>
      {relations.length > 0 && (
        <>
          <h2 className="pane-title pages-part">{say("record.related")}</h2>
          <ul className="palette-fields">
            {relations.map((one) => offered({ block: "related", relation: one.key }))}
          </ul>
        </>
      )}
      <p className="soft pane-note">{say("pages.drag.hint")}</p>
    </>
  )
}

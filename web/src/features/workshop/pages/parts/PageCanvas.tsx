import { useDraggable, useDroppable } from "@dnd-kit/core"
import { useSuspenseQuery } from "@tanstack/react-query"
import { Plus, X } from "lucide-react"
import type { KeyboardEvent } from "react"
import { catalog } from "../../../../data/recipes"
import {
  type BlockDocument,
  blockDropped,
  blockNudged,
  blocksOf,
  columnAdded,
  columnDropped,
  columnWidened,
  MOST_COLUMNS,
  type Place,
  placeOf,
  WIDTHS,
} from "../../../../kernel/faces/page"
import { fieldOf } from "../../../../kernel/meta"
import { Button, IconButton } from "../../../../ui/button"
import { useWords } from "../../../../ui/words"
import type { PageDrawing } from "../PageDesigner"
import { useBlockName } from "./block_name"

/** The page as it is drawn: what stands over its whole width, below it the columns. */
export function PageCanvas(drawing: PageDrawing) {
  const { page, change } = drawing
  const say = useWords()
  return (
    <div className="page-canvas">
      <Area {...drawing} area={-1} />
      <div className="page-columns">
        {page.columns.map((column, at) => (
          <section
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
            key={at}
            className="page-column"
            data-width={column.width ?? "medium"}
          >
            <header className="page-column-head">
              <select
                className="input"
                aria-label={say("pages.width.of", { n: at + 1 })}
                value={column.width ?? "medium"}
                onChange={(event) => {
                  const width = WIDTHS.find((one) => one === event.target.value)
                  if (width) change(columnWidened(page, at, width))
                }}
              >
                {WIDTHS.map((one) => (
                  <option key={one} value={one}>
                    {say(`pages.width.${one}`)}
                  </option>
                ))}
              </select>
              {page.columns.length > 1 && (
                <IconButton
                  label={say("pages.column.drop", { n: at + 1 })}
                  onClick={() => change(columnDropped(page, at))}
                >
                  <X size={14} />
                </IconButton>
              )}
            </header>
            <Area {...drawing} area={at} />
          </section>
        ))}
      </div>
      {page.columns.length < MOST_COLUMNS && (
        <Button
          small
          look="quiet"
          icon={<Plus size={14} />}
          onClick={() => change(columnAdded(page))}
        >
          {say("pages.column.add")}
        </Button>
      )}
    </div>
  )
}

function Area({ area, ...drawing }: PageDrawing & { area: number }) {
  const say = useWords()
  const { setNodeRef, isOver } = useDroppable({ id: `area:${area}` })
  const blocks = blocksOf(drawing.page, area)
  return (
    <div ref={setNodeRef} className="page-area" data-top={area < 0} data-over={isOver}>
      {blocks.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name
        <Block key={at} {...drawing} block={one} place={{ area, at }} />
      ))}
      {blocks.length === 0 && (
        <p className="canvas-empty">{say(area < 0 ? "pages.top.empty" : "pages.drop_here")}</p>
      )}
    </div>
  )
}

const WAYS: Record<string, "up" | "down" | "left" | "right"> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
}

function Block({ block, place, ...drawing }: PageDrawing & { block: BlockDocument; place: Place }) {
  const { page, object, chosen, choose, change, problems } = drawing
  const say = useWords()
  const name = useBlockName(object)(block)
  const id = `${place.area}/${place.at}`
  const drag = useDraggable({ id: `held:${id}`, data: { place, block } })
  const drop = useDroppable({ id: `block:${id}` })
  const { data: known } = useSuspenseQuery(catalog())
  const relation = object.relations.find((one) => one.key === block.relation)
  const shown = (relation && known.object(relation.object)) ?? object
  const mine = chosen?.area === place.area && chosen.at === place.at
  const wrong = problems.some((one) => {
    const at = placeOf(one.path)
    return at?.area === place.area && at.at === place.at
  })

  function keyed(event: KeyboardEvent) {
    const way = WAYS[event.key]
    if (event.altKey && way) {
      event.preventDefault()
      const moved = blockNudged(page, place, way)
      change(moved.page)
      choose(moved.place)
    } else if (event.key === "Delete") {
      change(blockDropped(page, place))
      choose(undefined)
    }
  }
  return (
    <button
      ref={(node) => {
        drag.setNodeRef(node)
        drop.setNodeRef(node)
      }}
      type="button"
      className="page-block"
      aria-pressed={mine}
      data-block={block.block}
      data-held={drag.isDragging}
      data-over={drop.isOver && !drag.isDragging}
      data-wrong={wrong}
      {...drag.listeners}
      onClick={() => choose(place)}
      onKeyDown={keyed}
    >
      <span className="page-block-name">
        {name}
        {block.visible && <span className="canvas-mark">{say("forms.rule.visible.short")}</span>}
      </span>
      <span className="page-block-about">
        {block.fields?.length
          ? block.fields.map((one) => fieldOf(shown, one)?.label ?? one).join("、")
          : say(`pages.block.${block.block}.about`)}
      </span>
    </button>
  )
}

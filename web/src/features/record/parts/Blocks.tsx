import type { ReactNode, RefObject } from "react"
import { holds } from "../../../kernel/faces/judge"
import type { BlockFace, PageFace } from "../../../kernel/faces/shapes"
import { fieldOf } from "../../../kernel/meta"
import { journalOf, stageOf } from "../../../kernel/shape"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import { Facts } from "./Facts"
import { JournalBox } from "./JournalBox"
import { Quality } from "./Quality"
import { Related, RelatedBlock } from "./Related"
import { StageBar } from "./StageBar"
import { Timeline } from "./Timeline"

type Box = { box: RefObject<HTMLTextAreaElement | null> }
type Props = Place & Box & { page: PageFace }

/** What stands over the whole width of a page that somebody arranged. */
export function TopBlocks({ page, ...more }: Props) {
  return page.top.map((one, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name and stay where they are
    <Block key={at} {...more} page={page} block={one} />
  ))
}

/** The columns of a page that somebody arranged. */
export function Columns({ page, ...more }: Props) {
  return (
    <div className="record-body record-arranged">
      {page.columns.map((column, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          key={at}
          className="record-column"
          data-width={column.width}
        >
          {column.blocks.map((one, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Block key={number} {...more} page={page} block={one} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** The relations that blocks of a page show by name. */
function named(page: PageFace): (string | undefined)[] {
  return [...page.top, ...page.columns.flatMap((one) => one.blocks)].map((one) => one.relation)
}

function Block({ block, page, box, ...place }: Props & { block: BlockFace }): ReactNode {
  const say = useWords()
  const { object, record, known } = place
  if (!holds(block.visible, record, true)) return null
  switch (block.block) {
    case "facts": {
      const label = block.label ?? say("record.facts")
      return (
        <section className="record-block" aria-label={label}>
          <h2>{label}</h2>
          <Facts {...place} fields={block.fields} />
        </section>
      )
    }
    case "timeline":
      return (
        <section className="record-block" aria-label={say("record.timeline")}>
          {block.label && <h2>{block.label}</h2>}
          <Timeline {...place} />
        </section>
      )
    case "journal": {
      const relation = block.relation
        ? object.relations.find((one) => one.key === block.relation)
        : journalOf(known, object)
      const journal = relation && known.object(relation.object)
      if (!relation || !journal?.may.create) return null
      return <JournalBox {...place} relation={relation} journal={journal} box={box} />
    }
    case "related": {
      if (!block.relation)
        return <Related {...place} without={[journalOf(known, object)?.key, ...named(page)]} />
      const relation = object.relations.find((one) => one.key === block.relation)
      const child = relation && known.object(relation.object)
      return (
        relation &&
        child?.may.read && (
          <RelatedBlock
            {...place}
            relation={relation}
            child={child}
            label={block.label}
            fields={block.fields}
            limit={block.limit}
          />
        )
      )
    }
    case "quality":
      return <Quality {...place} label={block.label} />
    case "stage": {
      const stage = block.field ? fieldOf(object, block.field) : stageOf(object)
      return stage && stage.options.length > 0 && <StageBar {...place} stage={stage} />
    }
  }
}

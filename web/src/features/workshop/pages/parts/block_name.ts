import { useLanguage } from "../../../../data/preferences"
import { saidIn } from "../../../../kernel/design/object"
import type { BlockDocument } from "../../../../kernel/faces/page"
import type { ObjectMeta } from "../../../../kernel/meta"
import { useWords } from "../../../../ui/words"

/** What a block is called: its own label, the relation it shows, else what it is. */
export function useBlockName(object: ObjectMeta): (block: BlockDocument) => string {
  const say = useWords()
  const language = useLanguage()
  return (block) => {
    const own = saidIn(block.label, language)
    if (own) return own
    const relation = object.relations.find((one) => one.key === block.relation)
    return relation?.label ?? say(`pages.block.${block.block}`)
  }
}

import type { ReactNode } from "react"
import type { ObjectMeta } from "../../kernel/meta"
import { Options } from "../../ui/inputs"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"

interface Props {
  title: string
  objects: readonly ObjectMeta[]
  chosen: string
  onChoose: (object: string) => void
  children?: ReactNode
}

/** The bar on top of a page that is about one object after the other. */
export function ObjectTop({ title, objects, chosen, onChoose, children }: Props) {
  const say = useWords()
  return (
    <Top title={title}>
      <label>
        <span className="unseen">{say("duplicates.object")}</span>
        <select className="input" value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <Options of={objects.map((one) => ({ key: one.key, label: one.plural }))} />
        </select>
      </label>
      {children}
    </Top>
  )
}

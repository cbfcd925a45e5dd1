import { useSuspenseQuery } from "@tanstack/react-query"
import { useState } from "react"
import { catalog } from "../../../data/recipes"
import { type Said, saying } from "../../../kernel/design/object"
import type { ObjectMeta } from "../../../kernel/meta"
import { byWeight } from "../../../kernel/shape"
import { useDeed } from "../../../ui/deed"
import { DeedDialog } from "../../../ui/deed_form"
import { ChooseOne, Line } from "../../../ui/inputs"
import { useWords } from "../../../ui/words"

interface Props {
  title: string
  taken: readonly string[]
  onClose: () => void
  onMade: (object: ObjectMeta, key: string, label: Said) => void
}

/** For which object a new form, view or page is, and what it is called. */
export function NewFace({ title, taken, onClose, onMade }: Props) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const objects = byWeight(known.objects)
  const [chosen, choose] = useState(objects[0]?.key ?? "")
  const [label, setLabel] = useState("")
  const object = known.object(chosen)
  const deed = useDeed(async () => {
    if (!object || label.trim() === "") return
    onMade(object, freeKey(object.key, taken), saying(null, "zh", label.trim()))
  })
  return (
    <DeedDialog
      title={title}
      label={say("faces.begin")}
      ready={label.trim() !== ""}
      deed={deed}
      className="face-new"
      onClose={onClose}
    >
      <ChooseOne label={say("faces.object")} value={chosen} choices={objects} onChange={choose} />
      <Line label={say("faces.label")} required maxLength={120} value={label} onChange={setLabel} />
    </DeedDialog>
  )
}

/** The object's key, with the first number behind it that is free. */
export function freeKey(object: string, taken: readonly string[]): string {
  if (!taken.includes(object)) return object
  let number = 2
  while (taken.includes(`${object}_${number}`)) number++
  return `${object}_${number}`
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useLanguage } from "../../../data/preferences"
import { catalog } from "../../../data/recipes"
import { type Said, saying } from "../../../kernel/design/object"
import type { ObjectMeta } from "../../../kernel/meta"
import { byWeight } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { Dialog } from "../../../ui/dialog"
import { Labelled } from "../../../ui/labelled"
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
  const language = useLanguage()
  const { data: known } = useSuspenseQuery(catalog())
  const objects = byWeight(known.objects)
  const [chosen, choose] = useState(objects[0]?.key ?? "")
  const [label, setLabel] = useState("")
  const object = known.object(chosen)
  function make() {
    if (!object || label.trim() === "") return
    onMade(object, freeKey(object.key, taken), saying(null, "zh", label.trim()))
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look="main" disabled={label.trim() === ""} onClick={make}>
            {say("faces.begin")}
          </Button>
        </>
      }
    >
      <form
        className="face-new"
        lang={language}
        onSubmit={(event) => {
          event.preventDefault()
          make()
        }}
      >
        <Labelled label={say("faces.object")}>
          {(field) => (
            <select
              id={field.id}
              className="input"
              value={chosen}
              onChange={(event) => choose(event.target.value)}
            >
              {objects.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={say("faces.label")} required>
          {(field) => (
            <input
              id={field.id}
              className="input"
              maxLength={120}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Labelled>
      </form>
    </Dialog>
  )
}

/** The object's key, with the first number behind it that is free. */
export function freeKey(object: string, taken: readonly string[]): string {
  if (!taken.includes(object)) return object
  let number = 2
  while (taken.includes(`${object}_${number}`)) number++
  return `${object}_${number}`
}

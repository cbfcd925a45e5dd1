import { useMutation } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useId, useState } from "react"
import { proposedKey, type Stored } from "../../../data/configuration"
import { useLanguage } from "../../../data/preferences"
import { type ObjectDocument, saying } from "../../../kernel/design/object"
import { Button } from "../../../ui/button"
import { Dialog } from "../../../ui/dialog"
import "../../../ui/input.css"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { begin } from "./draft"
import { IconChoice } from "./parts/IconChoice"

const KEY = /^[a-z][a-z0-9_]{0,47}$/

interface Props {
  taken: readonly Stored<ObjectDocument>[]
  onClose: () => void
}

/** A new object: what it is called, by which key, with which icon, and what its title is called. */
export function NewObject({ taken, onClose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const go = useNavigate()
  const id = useId()
  const [label, setLabel] = useState("")
  const [key, setKey] = useState("")
  const [title, setTitle] = useState(say("objects.title_field.usual"))
  const [icon, setIcon] = useState("box")
  const keys = taken.map((one) => one.key)
  const proposing = useMutation({
    mutationFn: (words: string) => proposedKey(words, keys),
    onSuccess: (found, words) => words === label && key === "" && setKey(found),
    onError: tellFault,
  })
  const wrong = key !== "" && (!KEY.test(key) || keys.includes(key))
  const ready = label.trim() !== "" && title.trim() !== "" && key !== "" && !wrong
  function make() {
    if (!ready) return
    begin({
      kind: "object",
      key,
      label: saying(null, language, label.trim()),
      icon,
      title: "name",
      fields: [
        {
          key: "name",
          kind: "text",
          label: saying(null, language, title.trim()),
          required: true,
          search: true,
        },
      ],
    })
    void go({ to: "/workshop/objects/$key", params: { key } })
  }
  return (
    <Dialog
      title={say("objects.new")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look="main" disabled={!ready} onClick={make}>
            {say("objects.begin")}
          </Button>
        </>
      }
    >
      <form
        className="settings"
        onSubmit={(event) => {
          event.preventDefault()
          make()
        }}
      >
        <label htmlFor={`${id}-label`}>{say("objects.label")}</label>
        <input
          id={`${id}-label`}
          className="input"
          value={label}
          placeholder={say("objects.label.example")}
          maxLength={120}
          onChange={(event) => setLabel(event.target.value)}
          onBlur={() => key === "" && label.trim() !== "" && proposing.mutate(label)}
        />
        <label htmlFor={`${id}-key`}>{say("objects.key")}</label>
        <div>
          <input
            id={`${id}-key`}
            className="input"
            value={key}
            aria-invalid={wrong || undefined}
            aria-describedby={`${id}-hint`}
            maxLength={48}
            onChange={(event) => setKey(event.target.value)}
          />
          <p className={wrong ? "settings-wrong" : "settings-hint"} id={`${id}-hint`}>
            {wrong ? say("objects.key.wrong") : say("objects.key.hint")}
          </p>
        </div>
        <label htmlFor={`${id}-title`}>{say("objects.title_field")}</label>
        <input
          id={`${id}-title`}
          className="input"
          value={title}
          maxLength={120}
          onChange={(event) => setTitle(event.target.value)}
        />
        <span id={`${id}-icon`}>{say("objects.icon")}</span>
        <IconChoice labelledBy={`${id}-icon`} value={icon} onChange={setIcon} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

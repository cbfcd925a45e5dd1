import { keepPreviousData, useQuery } from "@tanstack/react-query"
import {
  type KeyboardEvent,
  type RefObject,
  type TextareaHTMLAttributes,
  useEffect,
  useId,
  useRef,
  useState,
} from "react"
import { found, me, type Person, people } from "../../data/recipes"
import { type Asked, asked, type Called, filledIn, meant } from "../../kernel/mentions"
import { PersonTag } from "../../ui/chip"
import { useWords } from "../../ui/words"
import { Colleagues } from "./Colleagues"
import "./mentions.css"

type Area = TextareaHTMLAttributes<HTMLTextAreaElement>

interface Props extends Omit<Area, "value" | "onChange" | "onKeyDown"> {
  value: string
  /** Who is meant, by id. */
  mentions: readonly string[]
  box?: RefObject<HTMLTextAreaElement | null>
  onChange: (text: string, mentions: string[]) => void
  /** What else keys do, while no list is open. */
  onKey?: (event: KeyboardEvent) => void
}

/**
 * A text in which colleagues are mentioned: an @ opens the list of them.
 *
 * A text of several lines may not be called a combobox; it says by its own means that a list helps.
 */
export function MentionText({ value, mentions, box, onChange, onKey, ...area }: Props) {
  const say = useWords()
  const id = useId()
  const own = useRef<HTMLTextAreaElement>(null)
  const text = box ?? own
  const [written, setMention] = useState<Asked>()
  // The text may be emptied from outside, and its list goes with it.
  const mention = written && "@＠".includes(value[written.from] ?? " ") ? written : undefined
  const [picked, setPicked] = useState(0)
  const [due, setDue] = useState(false)
  const [taken, setTaken] = useState<Called[]>([])
  const { data: everybody, isLoading } = useQuery({ ...people(), enabled: mentions.length > 0 })
  const { offered, fresh } = useOffered(mention)
  const called = [...taken, ...namesOf(everybody ?? [], mentions)]
  // Until names are there, nobody knows who is taken out of the text by changing it.
  const unknown = isLoading && mentions.some((one) => !taken.some((each) => each.id === one))
  const at = Math.min(picked, offered.length - 1)
  const open = mention !== undefined && offered.length > 0

  // Who chooses before the answer is there gets what it brings, not what was offered before.
  useEffect(() => {
    if (!due || !fresh) return
    setDue(false)
    if (offered[0]) take(offered[0])
  })

  function look(now: string) {
    setDue(false)
    setMention(asked(now, text.current?.selectionStart ?? now.length))
    setPicked(0)
  }
  function take(one: Person) {
    if (!mention) return
    const same = offered.some((each) => each.id !== one.id && each.name === one.name)
    const name = same ? one.label : one.name
    const next = filledIn(value, text.current?.selectionStart ?? value.length, mention, name)
    setTaken([{ id: one.id, name }, ...taken])
    setMention(undefined)
    onChange(next.text, [...new Set([...mentions, one.id])])
    // The browser puts the caret at the end of what it is given; it belongs behind the name.
    requestAnimationFrame(() => {
      text.current?.focus()
      text.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const one = offered[at]
    if (!open || !one) {
      onKey?.(event)
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      const step = event.key === "ArrowDown" ? 1 : -1
      setPicked((at + step + offered.length) % offered.length)
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault()
      if (fresh) take(one)
      else setDue(true)
    } else if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      setMention(undefined)
    } else {
      if (event.key === "Enter") setMention(undefined)
      onKey?.(event)
    }
  }

  return (
    <div className="mention-box">
      <textarea
        {...area}
        ref={text}
        value={value}
        readOnly={unknown}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        onChange={(event) => {
          const next = event.target.value
          onChange(next, meant(mentions, value, next, called))
          look(next)
        }}
        onSelect={() => mention && look(value)}
        onKeyDown={onKeyDown}
        onBlur={() => setMention(undefined)}
      />
      {open && <Colleagues id={id} people={offered} at={at} onTake={take} />}
      <span className="unseen" role="status">
        {open ? say("mention.found", { n: offered.length }) : ""}
      </span>
      {mentions.length > 0 && (
        <p className="mention-told">
          <span className="soft">{say("mention.told")}</span>
          {mentions.map((one) => (
            <PersonTag key={one} name={called.find((each) => each.id === one)?.name ?? "…"} />
          ))}
        </p>
      )}
    </div>
  )
}

/** The colleagues one may pick for what is being written; oneself is told anyway. */
function useOffered(mention: Asked | undefined): { offered: Person[]; fresh: boolean } {
  const { data: who } = useQuery({ ...me(), enabled: mention !== undefined })
  const { data, isPlaceholderData } = useQuery({
    ...found.people(mention?.search ?? ""),
    enabled: mention !== undefined,
    placeholderData: keepPreviousData,
  })
  const others = (data ?? []).filter((one) => one.id !== who?.user.id)
  return { offered: mention ? others : [], fresh: !isPlaceholderData }
}

/** What people may be called by in a text: their name, and with their number where two share it. */
export function namesOf(everybody: readonly Person[], ids: readonly string[]): Called[] {
  return everybody
    .filter((one) => ids.includes(one.id))
    .flatMap(({ id, name, label }) => [
      { id, name },
      ...(label === name ? [] : [{ id, name: label }]),
    ])
}

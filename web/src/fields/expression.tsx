import { useSuspenseQuery } from "@tanstack/react-query"
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react"
import type { CheckedExpression } from "../data/expressions"
import { useLanguage } from "../data/preferences"
import { catalog } from "../data/recipes"
import { type Callable, type Completion, completions } from "../kernel/expression/complete"
import { type Named, type Scene, walked } from "../kernel/expression/names"
import "../ui/input.css"
import { useChecked, useFunctions } from "./expression/checked"
import "./expression/expression.css"
import { Offered } from "./expression/Offered"
import { Painted } from "./expression/Painted"
import { Verdict } from "./expression/Verdict"

export interface ExpressionInputProps {
  /** On whose records it is read. */
  object: string
  value: string
  onChange: (text: string) => void
  /** The type its value must have: `boolean` for a condition. */
  expects?: string
  label: string
  id?: string
  more?: More
}

export interface More {
  /** Whether it may ask what was changed, as rules do. */
  event?: boolean
  /** Documents that are being drawn, and the fields of the object among them. */
  documents?: readonly object[]
  drawn?: readonly Named[]
  placeholder?: string
  autoFocus?: boolean
  /** Whether to show what it gives on a sample record; usually yes. */
  trial?: boolean
  /** Told whenever the server has looked at what is written. */
  onChecked?: (told: CheckedExpression) => void
}

const NOTHING: Completion[] = []

/** An expression as text: offers what may come next, says what is wrong, shows what it gives. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { object, value, onChange, label, more = {} } = props
  const own = useId()
  const id = props.id ?? own
  const scene = useScene(object, more.drawn)
  const functions = useFunctions()
  const box = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState<number>()
  const [picked, setPicked] = useState(0)
  const checked = useChecked(props, more)
  const usable = functions.filter((one) => more.event || !one.event)
  const offered =
    caret === undefined ? NOTHING : completions(value, caret, scene, usable).slice(0, 12)
  const at = Math.min(picked, offered.length - 1)

  function look() {
    setCaret(box.current?.selectionStart ?? undefined)
    setPicked(0)
  }
  function take(one: Completion) {
    const until = caret ?? value.length
    const rest = value.slice(until).replace(one.kind === "option" ? /^["”]/ : /^$/, "")
    onChange(value.slice(0, one.from) + one.insert + rest)
    const place = one.from + one.insert.length
    // The browser puts the caret at the end of what it is given; it belongs behind what was taken.
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(place, place)
      look()
    })
  }
  function onKey(event: KeyboardEvent) {
    if (offered.length === 0) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      const step = event.key === "ArrowDown" ? 1 : -1
      setPicked((at + step + offered.length) % offered.length)
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.ctrlKey)) {
      const one = offered[at]
      if (!one || wordBefore(value, caret ?? 0) === "") return
      event.preventDefault()
      take(one)
    } else if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      setCaret(undefined)
    }
  }
  const wrong = (checked.told?.problems.length ?? 0) > 0
  return (
    <div className="expression">
      <div className="expression-box">
        <Painted text={value} problems={checked.fresh ? checked.told?.problems : undefined} />
        <textarea
          ref={box}
          id={id}
          className="input expression-text"
          aria-label={props.id ? undefined : label}
          aria-invalid={wrong || undefined}
          aria-describedby={`${id}-verdict`}
          aria-autocomplete="list"
          aria-controls={offered.length ? `${id}-offered` : undefined}
          aria-activedescendant={offered.length ? `${id}-offered-${at}` : undefined}
          spellCheck={false}
          autoComplete="off"
          autoFocus={more.autoFocus}
          placeholder={more.placeholder}
          rows={Math.min(8, Math.max(1, value.split("\n").length, Math.ceil(value.length / 56)))}
          value={value}
          onChange={(event) => {
            onChange(event.target.value)
            look()
          }}
          onClick={look}
          onKeyDown={onKey}
          onKeyUp={(event) => /^(Arrow(Left|Right)|Home|End)$/.test(event.key) && look()}
          onBlur={() => setCaret(undefined)}
          onMouseMove={(event) => {
            const word = wordAt(event.clientX, event.clientY)
            event.currentTarget.title = word ? meaning(word, scene, functions) : ""
          }}
        />
        {offered.length > 0 && (
          <Offered id={`${id}-offered`} items={offered} at={at} onTake={take} />
        )}
      </div>
      <Verdict
        id={`${id}-verdict`}
        checked={checked}
        scene={scene}
        here={{ text: value, caret, functions }}
      />
    </div>
  )
}

/** The painted word under the pointer; it lies behind the text. */
function wordAt(x: number, y: number): string | undefined {
  const under = document.elementsFromPoint(x, y)
  const word = under.find((one) => one instanceof HTMLElement && one.dataset.kind !== undefined)
  return word?.textContent
}

/** What a word is: how a function is used and what it does, what a field is called. */
function meaning(word: string, scene: Scene, functions: readonly Callable[]): string {
  const called = functions.find((one) => one.name === word.toUpperCase())
  if (called) return `${called.usage}\n${called.doc}`
  return walked(word.split("."), scene.object, scene)?.label ?? ""
}

function wordBefore(text: string, caret: number): string {
  return /[\p{L}\p{N}_{."“'[]$/u.exec(text.slice(0, caret))?.[0] ?? ""
}

function useScene(object: string, drawn: readonly Named[] | undefined): Scene {
  const { data: known } = useSuspenseQuery(catalog())
  const language = useLanguage()
  return useMemo(
    () => ({
      object,
      catalog: known,
      drawn,
      say: (zh: string, en: string) => (language === "zh" ? zh : en),
    }),
    [object, known, drawn, language],
  )
}

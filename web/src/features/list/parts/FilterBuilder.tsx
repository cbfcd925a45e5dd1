import { useState } from "react"
import { parse } from "../../../kernel/expression/read"
import { Unreadable } from "../../../kernel/expression/tree"
import { written } from "../../../kernel/expression/write"
import { type Filter, filterOf, treeOf } from "../../../kernel/filter"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import { AddCondition, FilterRows } from "./FilterRows"

const NOTHING: Filter = { join: "and", conditions: [] }

function readAs(where: string | undefined): Filter | undefined {
  if (!where) return NOTHING
  try {
    return filterOf(parse(where))
  } catch {
    return undefined
  }
}

export function filterCount(where: string | undefined): number {
  return where ? (readAs(where)?.conditions.length ?? 1) : 0
}

/** Conditions row by row, or as text for those who like it; both are the same expression. */
export function FilterBuilder({ state }: { state: ListState }) {
  const say = useWords()
  const { where } = state.search
  const [draft, setDraft] = useState<Filter | undefined>(() => readAs(where))
  const [text, setText] = useState<string | undefined>(draft ? undefined : where)
  const set = (value: string | undefined) => state.set({ where: value })

  if (text !== undefined || !draft)
    return (
      <AsText
        text={text ?? ""}
        onText={setText}
        onApply={set}
        onRows={() => {
          const rows = readAs(text)
          if (rows) {
            setDraft(rows)
            setText(undefined)
          }
        }}
      />
    )

  return (
    <div className="filter">
      <FilterRows object={state.object} filter={draft} onChange={setDraft} />
      {draft.conditions.length === 0 && <p className="soft">{say("filter.none")}</p>}
      <div className="filter-foot">
        <AddCondition
          object={state.object}
          filter={draft}
          onChange={setDraft}
          says={say("filter.add")}
        />
        <Button
          small
          look="quiet"
          onClick={() => setText(where ?? written(treeOf(draft) ?? "").replace(/^""$/, ""))}
        >
          {say("filter.text")}
        </Button>
        <span className="filter-gap" />
        <Button small onClick={() => set(undefined)}>
          {say("do.clear")}
        </Button>
        <Button
          small
          look="main"
          onClick={() => {
            const tree = treeOf(draft)
            set(tree === undefined ? undefined : written(tree))
          }}
        >
          {say("do.apply")}
        </Button>
      </div>
    </div>
  )
}

interface TextProps {
  text: string
  onText: (text: string) => void
  onApply: (text: string | undefined) => void
  onRows: () => void
}

function AsText({ text, onText, onApply, onRows }: TextProps) {
  const say = useWords()
  const wrong = wrongAt(text)
  return (
    <div className="filter">
      <textarea
        className="input filter-text"
        rows={4}
        aria-label={say("filter.text")}
        value={text}
        autoFocus
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
      />
      <p className="filter-says" role="status">
        {wrong === undefined ? "" : say("filter.wrong", { at: wrong + 1 })}
      </p>
      <div className="filter-foot">
        <Button small look="quiet" disabled={readAs(text.trim()) === undefined} onClick={onRows}>
          {say("filter.rows")}
        </Button>
        <span className="filter-gap" />
        <Button small onClick={() => onApply(undefined)}>
          {say("do.clear")}
        </Button>
        <Button
          small
          look="main"
          disabled={wrong !== undefined}
          onClick={() => onApply(text.trim() || undefined)}
        >
          {say("do.apply")}
        </Button>
      </div>
    </div>
  )
}

function wrongAt(text: string): number | undefined {
  if (text.trim() === "") return undefined
  try {
    parse(text)
    return undefined
  } catch (error) {
    return error instanceof Unreadable ? error.at : 0
  }
}

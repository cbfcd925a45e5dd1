import { Plus, X } from "lucide-react"
import { useState } from "react"
import { parse } from "../../../kernel/expression/read"
import { Unreadable } from "../../../kernel/expression/tree"
import { written } from "../../../kernel/expression/write"
import {
  type Condition,
  type Filter,
  filterable,
  filterOf,
  type Test,
  testsOf,
  treeOf,
} from "../../../kernel/filter"
import type { FieldMeta, ObjectMeta } from "../../../kernel/meta"
import { fieldOf } from "../../../kernel/meta"
import { Button, IconButton } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import { ConditionValue } from "./ConditionValue"

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

  const put = (at: number, condition: Condition) =>
    setDraft({
      ...draft,
      conditions: draft.conditions.map((one, place) => (place === at ? condition : one)),
    })

  return (
    <div className="filter">
      {draft.conditions.map((condition, at) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only appended and taken out by their place
          key={at}
          object={state.object}
          condition={condition}
          first={at === 0}
          join={draft.join}
          onJoin={(join) => setDraft({ ...draft, join })}
          onChange={(next) => put(at, next)}
          onDrop={() =>
            setDraft({ ...draft, conditions: draft.conditions.filter((_, place) => place !== at) })
          }
        />
      ))}
      {draft.conditions.length === 0 && <p className="soft">{say("filter.none")}</p>}
      <div className="filter-foot">
        <Button
          small
          look="quiet"
          icon={<Plus size={14} />}
          onClick={() =>
            setDraft({ ...draft, conditions: [...draft.conditions, begun(state.object)] })
          }
        >
          {say("filter.add")}
        </Button>
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

function begun(object: ObjectMeta): Condition {
  const field = filterable(object).find((one) => one.kind === "option") ?? filterable(object)[0]
  return { field: field?.key ?? "", test: (field && testsOf(field)[0]) ?? "=", value: null }
}

interface RowProps {
  object: ObjectMeta
  condition: Condition
  first: boolean
  join: Filter["join"]
  onJoin: (join: Filter["join"]) => void
  onChange: (next: Condition) => void
  onDrop: () => void
}

function Row({ object, condition, first, join, onJoin, onChange, onDrop }: RowProps) {
  const say = useWords()
  const field = fieldOf(object, condition.field)
  const relation = object.relations.find((one) => one.key === condition.field)
  const tests: Test[] = relation ? ["exists", "not exists"] : field ? testsOf(field) : []
  return (
    <div className="filter-row">
      {first ? (
        <span className="soft filter-join">{say("filter.where")}</span>
      ) : (
        <select
          className="input filter-join"
          aria-label={say("filter.join")}
          value={join}
          onChange={(event) => onJoin(event.target.value === "or" ? "or" : "and")}
        >
          <option value="and">{say("filter.and")}</option>
          <option value="or">{say("filter.or")}</option>
        </select>
      )}
      <FieldChoice
        object={object}
        value={condition.field}
        onChange={(key, next) => onChange({ field: key, test: next, value: null })}
      />
      <select
        className="input"
        aria-label={say("filter.test")}
        value={condition.test}
        onChange={(event) =>
          onChange({ ...condition, test: event.target.value as Test, value: null })
        }
      >
        {tests.map((one) => (
          <option key={one} value={one}>
            {say(`test.${one}`)}
          </option>
        ))}
      </select>
      <div className="filter-value">
        {field && (
          <ConditionValue
            field={field}
            condition={condition}
            onChange={(value) => onChange({ ...condition, value })}
          />
        )}
      </div>
      <IconButton label={say("filter.drop")} onClick={onDrop}>
        <X size={14} />
      </IconButton>
    </div>
  )
}

function FieldChoice({
  object,
  value,
  onChange,
}: {
  object: ObjectMeta
  value: string
  onChange: (key: string, test: Test) => void
}) {
  const say = useWords()
  const fields: FieldMeta[] = filterable(object)
  return (
    <select
      className="input"
      aria-label={say("filter.field")}
      value={value}
      onChange={(event) => {
        const field = fieldOf(object, event.target.value)
        onChange(event.target.value, field ? (testsOf(field)[0] ?? "=") : "exists")
      }}
    >
      <optgroup label={say("filter.fields")}>
        {fields.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </optgroup>
      {object.relations.length > 0 && (
        <optgroup label={say("filter.relations")}>
          {object.relations.map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </optgroup>
      )}
    </select>
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

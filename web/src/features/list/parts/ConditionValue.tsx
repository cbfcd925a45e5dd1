import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { people } from "../../../data/recipes"
import { Edit } from "../../../fields/edit"
import { optionChoices } from "../../../fields/option"
import { Picker } from "../../../fields/picker"
import { duration } from "../../../kernel/expression/periods"
import type { Tree } from "../../../kernel/expression/tree"
import { type Condition, wanted } from "../../../kernel/filter"
import type { FieldMeta, Value } from "../../../kernel/meta"
import { PersonTag } from "../../../ui/chip"
import { useWords } from "../../../ui/words"

interface Props {
  field: FieldMeta
  condition: Condition
  onChange: (value: Tree) => void
}

const PERIODS = [
  "today",
  "yesterday",
  "this week",
  "last week",
  "this month",
  "last month",
  "this quarter",
  "this year",
  "last 7 days",
  "last 30 days",
  "last 90 days",
  "next 7 days",
  "next 30 days",
] as const

/** What a condition compares with, in the way the test wants it. */
export function ConditionValue({ field, condition, onChange }: Props) {
  const { test, value } = condition
  switch (wanted(test)) {
    case "nothing":
      return null
    case "period":
      return <PeriodChoice value={value} onChange={onChange} />
    case "range": {
      const [low = null, high = null] = Array.isArray(value) ? value : []
      return (
        <span className="filter-range">
          <Plain field={field} value={low} onChange={(next) => onChange([next, high])} />
          <span className="faint">–</span>
          <Plain field={field} value={high} onChange={(next) => onChange([low, next])} />
        </span>
      )
    }
    case "many":
      if (field.type === "user" || field.type === "users")
        return <PeopleChoice value={value} label={field.label} onChange={onChange} />
      if (field.type === "record" || field.type === "records" || field.type === "department")
        return <Titles value={value} label={field.label} onChange={onChange} />
      return (
        <Picker
          label={field.label}
          many
          choices={optionChoices(field, texts(value))}
          chosen={texts(value)}
          shown={optionChoices(field, texts(value))
            .filter((one) => texts(value).includes(one.key))
            .map((one) => <span key={one.key}>{one.shown}</span>)}
          onMade={field.kind === "tags" ? (word) => onChange([...texts(value), word]) : undefined}
          onChange={(keys) => onChange(keys)}
        />
      )
    default:
      return <Plain field={field} value={value} onChange={onChange} />
  }
}

function texts(value: Tree): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : []
}

/** One value; numbers become numbers, days stay days. */
function Plain({
  field,
  value,
  onChange,
}: {
  field: FieldMeta
  value: Tree
  onChange: (value: Tree) => void
}) {
  const number = ["number", "money", "percent"].includes(field.type)
  const simple: FieldMeta = field.type === "datetime" ? { ...field, type: "date" } : field
  return (
    <Edit
      field={simple}
      value={value as Value}
      onChange={(next) => {
        const text = typeof next === "string" ? next.replace(/[,，\s]/g, "") : next
        onChange(
          (number && typeof text === "string" && /^-?\d+(\.\d+)?$/.test(text)
            ? Number(text)
            : next) as Tree,
        )
      }}
    />
  )
}

function PeriodChoice({ value, onChange }: { value: Tree; onChange: (value: Tree) => void }) {
  const say = useWords()
  const now =
    value !== null && typeof value === "object" && !Array.isArray(value) && "period" in value
      ? value.period
      : ""
  const known = PERIODS.some((one) => one === now)
  return (
    <select
      className="input"
      aria-label={say("filter.period")}
      value={now}
      onChange={(event) => onChange({ period: event.target.value })}
    >
      <option value="" disabled>
        —
      </option>
      {!known && now && <option value={now}>{duration(now) ?? now}</option>}
      {PERIODS.map((one) => (
        <option key={one} value={one}>
          {say(`period.${one}`)}
        </option>
      ))}
    </select>
  )
}

const ME: Tree = { call: "ME", args: [] }

function isMe(tree: Tree): boolean {
  return tree !== null && typeof tree === "object" && "call" in tree && tree.call === "ME"
}

function PeopleChoice({
  value,
  label,
  onChange,
}: {
  value: Tree
  label: string
  onChange: (value: Tree) => void
}) {
  const say = useWords()
  const { data } = useQuery(people())
  const chosen = Array.isArray(value) ? value.map((one) => (isMe(one) ? "me" : String(one))) : []
  const choices = [
    { key: "me", label: say("filter.me") },
    ...(data ?? []).map((one) => ({
      key: one.id,
      label: one.label,
      shown: <PersonTag name={one.label} />,
    })),
  ]
  return (
    <Picker
      label={label}
      many
      choices={choices}
      chosen={chosen}
      shown={chosen.map((key) => choices.find((one) => one.key === key)?.label ?? "…").join("、")}
      onChange={(keys) => onChange(keys.map((one) => (one === "me" ? ME : one)))}
    />
  )
}

/** Records are named by their titles, with commas: the server finds them. */
function Titles({
  value,
  label,
  onChange,
}: {
  value: Tree
  label: string
  onChange: (value: Tree) => void
}) {
  const [text, setText] = useState(texts(value).join(", "))
  return (
    <input
      className="input"
      aria-label={label}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange(
          event.target.value
            .split(/[,,、]/)
            .map((one) => one.trim())
            .filter(Boolean),
        )
      }}
    />
  )
}

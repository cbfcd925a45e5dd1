import {
  type By,
  byOf,
  byText,
  GRAINS,
  groupable,
  isDay,
  isFigured,
  MEASURES,
  measureOf,
  orderWithout,
  summable,
} from "../kernel/groups"
import type { ObjectMeta } from "../kernel/meta"
import { useWords } from "../ui/words"
import "./grouping.css"

export interface Grouping {
  /** What lines are grouped by; nothing: by nothing. */
  by: By | undefined
  /** In which order groups stand; nothing: as usual. */
  order: string
  measures: readonly string[]
}

interface Props {
  object: ObjectMeta
  now: Grouping
  onBy: (by: string) => void
  onOrder: (order: string | undefined) => void
  onMeasures: (measures: string[], order: string | undefined) => void
}

/** By what lines are grouped, in which order groups stand, and what is summed of each. */
export function GroupingFields(props: Props) {
  const say = useWords()
  const { object, now, onBy } = props
  return (
    <div className="grouping">
      <label>
        <span>{say("group.field")}</span>
        <select
          aria-label={say("group.field")}
          className="input"
          value={now.by?.field.key ?? ""}
          onChange={(event) => {
            const by = byOf(object.fields, event.target.value)
            onBy(by ? byText(by) : "")
          }}
        >
          <option value="">{say("group.off")}</option>
          {groupable(object.fields).map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      {now.by && <Grain {...props} by={now.by} />}
      {now.by && <Order {...props} by={now.by} />}
      {now.by && <Measures {...props} />}
    </div>
  )
}

function Grain({ by, onBy }: Props & { by: By }) {
  const say = useWords()
  const set = (grain: string) => onBy(byText({ ...by, grain }))
  if (isDay(by.field))
    return (
      <label>
        <span>{say("group.grain")}</span>
        <select
          aria-label={say("group.grain")}
          className="input"
          value={by.grain}
          onChange={(event) => set(event.target.value)}
        >
          {GRAINS.map((one) => (
            <option key={one} value={one}>
              {say(`grain.${one}`)}
            </option>
          ))}
        </select>
      </label>
    )
  if (!isFigured(by.field)) return null
  return (
    <label>
      <span>{say("group.band")}</span>
      <input
        aria-label={say("group.band")}
        className="input"
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        placeholder={say("group.band.none")}
        defaultValue={by.grain}
        onBlur={(event) => set(width(event.target.value))}
        onKeyDown={(event) => {
          if (event.key === "Enter") set(width(event.currentTarget.value))
        }}
      />
    </label>
  )
}

function width(text: string): string {
  return Number(text) > 0 ? text : ""
}

function Order({ object, now, by, onOrder }: Props & { by: By }) {
  const say = useWords()
  const field = by.field.label
  const known = [
    { key: "key", label: say("group.order.up", { field }) },
    { key: "-key", label: say("group.order.down", { field }) },
    { key: "-count", label: say("group.order.most") },
    { key: "count", label: say("group.order.least") },
    ...now.measures.map((one) => ({
      key: `-${one}`,
      label: say("group.order.sum", { sum: labelOf(object, one, say) }),
    })),
  ]
  return (
    <label>
      <span>{say("group.order")}</span>
      <select
        aria-label={say("group.order")}
        className="input"
        value={now.order}
        onChange={(event) => onOrder(event.target.value)}
      >
        {known.map((one) => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
}

type Say = ReturnType<typeof useWords>

function labelOf(object: ObjectMeta, text: string, say: Say): string {
  const measure = measureOf(text)
  const field = object.fields.find((one) => one.key === measure?.field)
  return `${field?.label ?? ""} ${measure ? say(`measure.${measure.what}`) : ""}`.trim()
}

function Measures({ object, now, onMeasures }: Props) {
  const say = useWords()
  const fields = summable(object.fields)
  if (fields.length === 0) return null
  function set(key: string, what: string) {
    const others = now.measures.filter((one) => measureOf(one)?.field !== key)
    const next = what ? [...others, `${what}(${key})`] : others
    onMeasures(next, orderWithout(now.order, next))
  }
  return (
    <fieldset className="grouping-sums">
      <legend>{say("group.sums")}</legend>
      {fields.map((field) => (
        <label key={field.key}>
          <span title={field.label}>{field.label}</span>
          <select
            aria-label={field.label}
            className="input"
            value={now.measures.map(measureOf).find((one) => one?.field === field.key)?.what ?? ""}
            onChange={(event) => set(field.key, event.target.value)}
          >
            <option value="">{say("measure.none")}</option>
            {MEASURES.map((one) => (
              <option key={one} value={one}>
                {say(`measure.${one}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  )
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { Plus, X } from "lucide-react"
import { catalog } from "../../../data/recipes"
import {
  type Condition,
  type Filter,
  filterable,
  RELATED,
  type Test,
  testsOf,
} from "../../../kernel/filter"
import { type FieldMeta, fieldOf, type ObjectMeta, type RelationMeta } from "../../../kernel/meta"
import { Button, IconButton } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import { ConditionValue } from "./ConditionValue"

interface RowsProps {
  object: ObjectMeta
  filter: Filter
  onChange: (next: Filter) => void
}

/** Conditions row by row. */
export function FilterRows({ object, filter, onChange }: RowsProps) {
  const { conditions } = filter
  const put = (next: Condition[]) => onChange({ ...filter, conditions: next })
  return conditions.map((condition, at) => (
    <Row
      // biome-ignore lint/suspicious/noArrayIndexKey: rows are only appended and taken out by their place
      key={at}
      object={object}
      condition={condition}
      first={at === 0}
      join={filter.join}
      onJoin={(join) => onChange({ ...filter, join })}
      onChange={(next) => put(conditions.map((one, place) => (place === at ? next : one)))}
      onDrop={() => put(conditions.filter((_, place) => place !== at))}
    />
  ))
}

export function AddCondition({ object, filter, onChange, says }: RowsProps & { says: string }) {
  return (
    <Button
      small
      look="quiet"
      icon={<Plus size={14} />}
      onClick={() => onChange({ ...filter, conditions: [...filter.conditions, begun(object)] })}
    >
      {says}
    </Button>
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
  const tests: Test[] = relation ? RELATED : field ? testsOf(field) : []
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
        {condition.test.startsWith("count") && (
          <input
            className="input"
            type="number"
            min={0}
            aria-label={say("filter.number")}
            value={typeof condition.value === "number" ? condition.value : ""}
            onChange={(event) =>
              onChange({
                ...condition,
                value: event.target.value === "" ? null : Number(event.target.value),
              })
            }
          />
        )}
      </div>
      <IconButton label={say("filter.drop")} onClick={onDrop}>
        <X size={14} />
      </IconButton>
      {relation && (
        <Inside
          relation={relation}
          filter={condition.inside}
          onChange={(inside) => onChange({ ...condition, inside })}
        />
      )}
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

interface InsideProps {
  relation: RelationMeta
  filter: Filter | undefined
  onChange: (next: Filter | undefined) => void
}

const ANY: Filter = { join: "and", conditions: [] }

/** Which of the related records are meant: conditions of their own, below the relation's. */
function Inside({ relation, filter = ANY, onChange }: InsideProps) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const object = known.object(relation.object)
  if (!object?.may.read) return null
  const put = (next: Filter) => onChange(next.conditions.length > 0 ? next : undefined)
  return (
    <div className="filter-inside" role="group" aria-label={relation.label}>
      <FilterRows object={object} filter={filter} onChange={put} />
      <AddCondition
        object={object}
        filter={filter}
        onChange={put}
        says={say("filter.inside.add", { object: relation.label })}
      />
    </div>
  )
}

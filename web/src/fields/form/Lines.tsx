import { useSuspenseQuery } from "@tanstack/react-query"
import { Plus, X } from "lucide-react"
import { useState } from "react"
import { catalog } from "../../data/recipes"
import { type FieldMeta, fieldOf, type ObjectMeta, type Value } from "../../kernel/meta"
import { factsOf } from "../../kernel/shape"
import { Button, IconButton } from "../../ui/button"
import { useWords } from "../../ui/words"
import { Edit } from "../edit"

type Line = { [key: string]: Value }

interface Props {
  field: FieldMeta
  value: Value | undefined
  columns?: string[]
  readonly?: boolean
  onChange: (value: Value) => void
}

const SHOWN = 5
const LONG = new Set(["long_text", "attachment", "image", "signature", "json", "children", "geo"])

/** The fields of a line that are asked for: those the form names, else the first of the object. */
export function lineFields(child: ObjectMeta, back: string | undefined, named?: string[]) {
  if (named?.length) return named.flatMap((one) => fieldOf(child, one) ?? [])
  return factsOf(child)
    .filter((one) => one.create && one.key !== back && one.key !== "owner" && !LONG.has(one.kind))
    .filter((one) => one.kind !== "auto_number")
    .slice(0, SHOWN)
}

/** A sub-table: the records inside a record, one line each. */
export function Lines({ field, value, columns, readonly, onChange }: Props) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const [names, setNames] = useState<Record<string, string | undefined>>({})
  const child = field.object ? known.object(field.object) : undefined
  if (!child) return null
  const shown = lineFields(child, field.settings.field, columns)
  const lines = Array.isArray(value) ? value.filter(isLine) : []
  const set = (at: number, key: string, next: Value) =>
    onChange(lines.map((one, number) => (number === at ? { ...one, [key]: next } : one)))
  return (
    <div className="form-lines">
      <table>
        <thead>
          <tr>
            {shown.map((one) => (
              <th key={one.key}>
                {one.label}
                {one.required && <span className="form-needed"> *</span>}
              </th>
            ))}
            <th>
              <span className="unseen">{say("do.delete")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: new lines have no other name
            <tr key={at}>
              {shown.map((one) => (
                <td key={one.key}>
                  <Edit
                    field={one}
                    value={line[one.key]}
                    name={names[`${at}.${one.key}`] ?? named(line, one.key)}
                    onChange={(next, name) => {
                      setNames({ ...names, [`${at}.${one.key}`]: name })
                      set(at, one.key, next)
                    }}
                  />
                </td>
              ))}
              <td>
                {!readonly && (
                  <IconButton
                    label={`${say("do.delete")} ${at + 1}`}
                    onClick={() => onChange(lines.filter((_, number) => number !== at))}
                  >
                    <X size={14} />
                  </IconButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!readonly && (
        <Button
          small
          look="quiet"
          icon={<Plus size={14} />}
          onClick={() => onChange([...lines, {}])}
        >
          {say("do.new.of", { object: child.label })}
        </Button>
      )}
    </div>
  )
}

function isLine(one: Value): one is Line {
  return typeof one === "object" && one !== null && !Array.isArray(one)
}

function named(line: Line, key: string): string | undefined {
  const found = Object.entries(line).find(([name]) => name.startsWith(`${key}.`))?.[1]
  return typeof found === "string" ? found : undefined
}

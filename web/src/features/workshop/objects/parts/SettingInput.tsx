import { useCallback, useMemo } from "react"
import { ExpressionInput } from "../../../../fields/expression"
import {
  drawnNames,
  type FieldDocument,
  type Json,
  type ObjectDocument,
  type Said,
  saidIn,
  saying,
} from "../../../../kernel/design/object"
import type { Setting } from "../../../../kernel/design/schema"
import type { Word } from "../../../../kernel/words/zh"
import { type Say, useWords } from "../../../../ui/words"
import type { Design } from "../context"
import { OptionsEditor } from "./OptionsEditor"

interface Props {
  id: string
  design: Design
  field: FieldDocument
  setting: Setting
  onChange: (value: Json | undefined) => void
}

export function settingLabel(say: Say, setting: Setting): string {
  return say(`setting.${setting.name}` as Word) ?? setting.name
}

/** One setting of a kind, given in the way the schema says; a few have a way of their own. */
export function SettingInput(props: Props) {
  const { id, design, field, setting, onChange } = props
  const say = useWords()
  const value = field[setting.name]
  if (setting.control === "options") return <OptionsEditor {...props} />
  if (setting.name === "formula") return <FormulaInput {...props} />
  if (setting.name === "object") return <ObjectChoice {...props} />
  if (setting.name === "field" && field.kind === "children") return <BackChoice {...props} />
  if (setting.name === "mentions") return <PeopleChoice {...props} />
  switch (setting.control) {
    case "truth":
      return (
        <select
          id={id}
          className="input"
          value={value === undefined || value === null ? "" : String(value)}
          onChange={(event) =>
            onChange(event.target.value === "" ? undefined : event.target.value === "true")
          }
        >
          <option value="">{say("setting.usual")}</option>
          <option value="true">{say("value.yes")}</option>
          <option value="false">{say("value.no")}</option>
        </select>
      )
    case "choice":
      return (
        <select
          id={id}
          className="input"
          value={String(value ?? setting.usual ?? "")}
          onChange={(event) =>
            onChange(event.target.value === setting.usual ? undefined : event.target.value)
          }
        >
          {setting.choices.map((one) => (
            <option key={one} value={one}>
              {say(`setting.${setting.name}.${one}` as Word) ?? one}
            </option>
          ))}
        </select>
      )
    case "label":
      return (
        <input
          id={id}
          className="input"
          value={saidIn(value as Said | undefined, design.language)}
          maxLength={120}
          onChange={(event) =>
            onChange(
              event.target.value === ""
                ? undefined
                : (saying(value as Said, design.language, event.target.value) as Json),
            )
          }
        />
      )
    case "list":
      return (
        <input
          id={id}
          className="input"
          defaultValue={Array.isArray(value) ? value.join(", ") : ""}
          placeholder={Array.isArray(setting.usual) ? setting.usual.join(", ") : undefined}
          onBlur={(event) => {
            const items = event.target.value.split(/[,，、\s]+/).filter(Boolean)
            onChange(items.length ? items : undefined)
          }}
        />
      )
    default:
      return <Line {...props} />
  }
}

function Line({ id, field, setting, onChange }: Props) {
  const value = field[setting.name]
  const figure = setting.control === "whole" || setting.control === "number"
  return (
    <input
      id={id}
      className="input"
      type={figure ? "number" : "text"}
      min={setting.least}
      max={setting.most}
      value={value === undefined || value === null ? "" : String(value)}
      placeholder={setting.usual === null ? undefined : String(setting.usual ?? "")}
      onChange={(event) => {
        const given = event.target.value
        onChange(given === "" ? undefined : figure ? Number(given) : given)
      }}
    />
  )
}

/** A formula, checked against the object as it is drawn just now. */
function FormulaInput({ id, design, field, setting, onChange }: Props) {
  const { document, changed } = design.draft
  const drawn = useMemo(() => drawnNames(document, design.language), [document, design.language])
  const documents = useMemo(
    () => (changed || !design.stored ? [without(document, field.key)] : undefined),
    [changed, design.stored, document, field.key],
  )
  const say = useWords()
  const change = useCallback((text: string) => onChange(text || undefined), [onChange])
  return (
    <ExpressionInput
      id={id}
      object={document.key}
      label={settingLabel(say, setting)}
      value={typeof field.formula === "string" ? field.formula : ""}
      onChange={change}
      more={{
        documents,
        drawn,
        placeholder: say(
          `setting.formula.example.${field.kind === "rollup" ? "rollup" : "formula"}`,
        ),
      }}
    />
  )
}

/** The object without the field that is being written, which may be unsound yet. */
function without(document: ObjectDocument, key: string): ObjectDocument {
  return {
    ...document,
    fields: document.fields.filter((one) => one.key !== key || one.key === document.title),
  }
}

function ObjectChoice({ id, design, field, onChange }: Props) {
  const say = useWords()
  const self = design.draft.document
  const others = design.objects.filter((one) => one.key !== self.key).map((one) => one.body)
  return (
    <KeyChoice
      {...{ id, design, onChange }}
      value={field.object}
      none={say("setting.object.pick")}
      choices={[self, ...others]}
    />
  )
}

/** The fields of several people of this object, or none of them. */
function PeopleChoice({ id, design, field, onChange }: Props) {
  const say = useWords()
  return (
    <KeyChoice
      {...{ id, design, onChange }}
      value={field.mentions}
      none={say("setting.mentions.none")}
      choices={design.draft.document.fields.filter((one) => one.kind === "users")}
    />
  )
}

/** The lookups of the other object that point here. */
function BackChoice({ id, design, field, onChange }: Props) {
  const say = useWords()
  const target = design.objects.find((one) => one.key === field.object)?.body
  const back = (target?.fields ?? []).filter(
    (one) => one.kind === "lookup" && one.object === design.draft.document.key,
  )
  return (
    <KeyChoice
      {...{ id, design, onChange }}
      value={field.field}
      none={say(back.length ? "setting.field.pick" : "setting.field.none")}
      choices={back}
    />
  )
}

interface KeyChoiceProps extends Pick<Props, "id" | "design" | "onChange"> {
  value: Json | undefined
  none: string
  choices: readonly { key: string; label?: Said }[]
}

/** One of several things by its key, called as they are called here. */
function KeyChoice({ id, design, value, none, choices, onChange }: KeyChoiceProps) {
  return (
    <select
      id={id}
      className="input"
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{none}</option>
      {choices.map((one) => (
        <option key={one.key} value={one.key}>
          {saidIn(one.label, design.language) || one.key}
        </option>
      ))}
    </select>
  )
}

import { useMutation } from "@tanstack/react-query"
import { Trash2 } from "lucide-react"
import { type ReactNode, useId } from "react"
import { proposedKey } from "../../../../data/configuration"
import { type FieldDocument, saidIn, saying, settled } from "../../../../kernel/design/object"
import type { Word } from "../../../../kernel/words/zh"
import { Button } from "../../../../ui/button"
import "../../../../ui/input.css"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"
import { DefaultInput } from "./DefaultInput"
import { SettingInput, settingLabel } from "./SettingInput"

interface Props {
  design: Design
  field: FieldDocument
  at: number
  onChange: (field: FieldDocument) => void
  /** Gives a field another key, whichever field is looked at. */
  onRename: (from: string, to: string) => void
  onDrop: () => void
}

const FLAGS = ["required", "unique", "search", "index", "sensitive"] as const

/** Everything that is said of one field: what all have, then what its kind is told. */
export function FieldProperties({ design, field, at, onChange, onRename, onDrop }: Props) {
  const say = useWords()
  const id = useId()
  const kind = design.kinds.find((one) => one.name === field.kind)
  const set = (name: string, value: Parameters<typeof settled>[2]) =>
    onChange(settled(field, name, value))
  const wrong = (member: string) =>
    design.problems.filter((one) => one.field === at && one.member === member)
  const title = design.draft.document.title ?? "name"
  const common = kind?.common ?? new Set<string>()
  return (
    <div className="settings">
      <Naming
        id={id}
        design={design}
        field={field}
        onChange={onChange}
        onRename={onRename}
        wrong={wrong}
      />
      <label htmlFor={`${id}-kind`}>{say("field.kind")}</label>
      <select
        id={`${id}-kind`}
        className="input"
        value={field.kind}
        disabled={field.system === true}
        onChange={(event) => onChange({ ...field, kind: event.target.value })}
      >
        {design.kinds.map((one) => (
          <option key={one.name} value={one.name}>
            {one.label}
          </option>
        ))}
      </select>
      {kind?.settings.map((one) => (
        <Row
          key={one.name}
          id={`${id}-${one.name}`}
          label={settingLabel(say, one)}
          wrong={one.name === "formula" ? [] : wrong(one.name)}
          wide={one.control === "options" || one.name === "formula"}
        >
          <SettingInput
            id={`${id}-${one.name}`}
            design={design}
            field={field}
            setting={one}
            onChange={(value) => set(one.name, value)}
          />
        </Row>
      ))}
      {common.has("default") && (
        <Row id={`${id}-default`} label={say("field.default")} wrong={wrong("default")}>
          <DefaultInput
            id={`${id}-default`}
            field={field}
            language={design.language}
            onChange={(value) => set("default", value)}
          />
        </Row>
      )}
      {common.has("help") && (
        <Row id={`${id}-help`} label={say("field.help")} wrong={wrong("help")}>
          <input
            id={`${id}-help`}
            className="input"
            value={saidIn(field.help as never, design.language)}
            maxLength={120}
            onChange={(event) =>
              set(
                "help",
                event.target.value === ""
                  ? undefined
                  : (saying(field.help as never, design.language, event.target.value) as never),
              )
            }
          />
        </Row>
      )}
      <div className="settings-flags">
        {FLAGS.filter((one) => common.has(one)).map((one) => (
          <Flag
            key={one}
            label={say(`field.${one}` as Word)}
            hint={say(`field.${one}.hint` as Word)}
            on={field[one] === true}
            wrong={wrong(one)[0]?.message}
            onChange={(on) => set(one, on || undefined)}
          />
        ))}
      </div>
      <div className="settings-foot">
        {title !== field.key &&
          ["text", "company_name", "person_name", "long_text", "auto_number", "formula"].includes(
            field.kind,
          ) && (
            <Button
              small
              onClick={() => design.draft.change({ ...design.draft.document, title: field.key })}
            >
              {say("field.make_title")}
            </Button>
          )}
        {field.system !== true && design.draft.document.fields.length > 1 && (
          <Button small look="danger" icon={<Trash2 size={14} />} onClick={onDrop}>
            {say("field.drop")}
          </Button>
        )}
      </div>
    </div>
  )
}

interface NamingProps {
  id: string
  design: Design
  field: FieldDocument
  onChange: (field: FieldDocument) => void
  onRename: (from: string, to: string) => void
  wrong: (member: string) => readonly { message: string; hint?: string }[]
}

/** What it is called in both languages, and its key, which stays once it is saved. */
function Naming({ id, design, field, onChange, onRename, wrong }: NamingProps) {
  const say = useWords()
  const { language } = design
  const other = language === "zh" ? "en" : "zh"
  const kept = design.stored?.body.fields.some((one) => one.key === field.key) ?? false
  const own = new RegExp(`^${field.kind}(_\\d+)?$`).test(field.key)
  const others = design.draft.document.fields
    .map((one) => one.key)
    .filter((one) => one !== field.key)
  const proposing = useMutation({
    mutationFn: ({ words }: { words: string; from: string }) => proposedKey(words, others),
    // The answer may come when another field is looked at already.
    onSuccess: (key, { from }) => onRename(from, key),
  })
  return (
    <>
      <Row id={`${id}-label`} label={say("field.label")} wrong={wrong("label")}>
        <input
          id={`${id}-label`}
          className="input"
          value={saidIn(field.label, language)}
          maxLength={120}
          onFocus={(event) => event.target.select()}
          onChange={(event) =>
            onChange({ ...field, label: saying(field.label, language, event.target.value) })
          }
          onBlur={(event) => {
            const words = event.target.value.trim()
            if (!kept && own && words !== "") proposing.mutate({ words, from: field.key })
          }}
        />
      </Row>
      <Row id={`${id}-other`} label={say(`field.label.${other}`)} wrong={[]}>
        <input
          id={`${id}-other`}
          className="input"
          lang={other === "zh" ? "zh-CN" : "en"}
          value={typeof field.label === "string" ? "" : (field.label[other] ?? "")}
          maxLength={120}
          onChange={(event) =>
            onChange({ ...field, label: saying(field.label, other, event.target.value) })
          }
        />
      </Row>
      <Row id={`${id}-key`} label={say("objects.key")} wrong={wrong("key")}>
        <input
          id={`${id}-key`}
          className="input settings-key"
          key={field.key}
          defaultValue={field.key}
          readOnly={kept}
          maxLength={48}
          onBlur={(event) => {
            const key = event.target.value.trim()
            if (key !== field.key && key !== "" && !others.includes(key))
              onChange({ ...field, key })
          }}
        />
      </Row>
    </>
  )
}

interface RowProps {
  id: string
  label: string
  wrong: readonly { message: string; hint?: string }[]
  /** Whether it takes the whole width, below its label. */
  wide?: boolean
  children: ReactNode
}

/** A label, what is given, and what is wrong with it. */
export function Row({ id, label, wrong, wide, children }: RowProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <div className="settings-value" data-wide={wide || undefined}>
        {children}
        {wrong.map((one) => (
          <p key={one.message} className="settings-wrong">
            {one.message} {one.hint}
          </p>
        ))}
      </div>
    </>
  )
}

interface FlagProps {
  label: string
  hint: string
  on: boolean
  wrong?: string
  onChange: (on: boolean) => void
}

function Flag({ label, hint, on, wrong, onChange }: FlagProps) {
  return (
    <label className="settings-flag" title={hint}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
      {wrong && <span className="settings-wrong">{wrong}</span>}
    </label>
  )
}

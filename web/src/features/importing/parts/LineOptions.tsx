import { ChevronDown } from "lucide-react"
import { type FieldMeta, fieldOf, type ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { Tick } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"
import type { Blank, Change, Draft, Mode } from "../api"
import { ID, keyFor, keysOf, mayBeKey, modesOf, policiesOf } from "../ways"

interface Props {
  object: ObjectMeta
  draft: Draft
  busy: boolean
  onChange: (change: Change) => void
}

/** What the lines of a file are, how they name records, and what they do to those that are there. */
export function LineOptions({ object, draft, busy, onChange }: Props) {
  const say = useWords()
  const modes = modesOf(object, draft)
  const policies = policiesOf(object, draft)
  const changes = draft.mode !== "create"
  return (
    <div className="import-options">
      {(modes.length > 1 || changes) && (
        <label>
          {say("import.mode")}
          <select
            className="input"
            value={draft.mode}
            disabled={busy}
            onChange={(event) => {
              const mode = event.target.value as Mode
              onChange(mode === "create" ? { mode } : { mode, key: keyFor(object, draft) })
            }}
          >
            {modes.map((one) => (
              <option key={one} value={one}>
                {say(`import.mode.${one}`, { object: object.label })}
              </option>
            ))}
          </select>
        </label>
      )}
      {changes && <Key {...{ object, draft, busy, onChange }} />}
      {(changes || draft.on_duplicate === "update") && (
        <label>
          {say("import.blank")}
          <select
            className="input"
            value={draft.blank}
            disabled={busy}
            onChange={(event) => onChange({ blank: event.target.value as Blank })}
          >
            <option value="keep">{say("import.blank.keep")}</option>
            <option value="clear">{say("import.blank.clear")}</option>
          </select>
        </label>
      )}
      {draft.mode !== "update" && (
        <label>
          {say("import.duplicates")}
          <select
            className="input"
            value={draft.on_duplicate}
            disabled={busy}
            onChange={(event) =>
              onChange({ on_duplicate: event.target.value as Draft["on_duplicate"] })
            }
          >
            {policies.map((one) => (
              <option key={one} value={one}>
                {say(`import.on.${one}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}

/** The fields by which a line names the record that it changes. */
function Key({ object, draft, busy, onChange }: Props) {
  const say = useWords()
  const there = keysOf(object, draft)
  const chosen = draft.key.flatMap((one) => fieldOf(object, one) ?? [])
  const all = [...there, ...chosen.filter((one) => !there.includes(one))]
  // A record's own id names it alone; other fields name it together.
  const put = (field: FieldMeta, on: boolean) => {
    const others = draft.key.filter((one) => one !== field.key && one !== ID && field.key !== ID)
    onChange({ key: on ? [...others, field.key] : others })
  }
  const says = chosen.map((one) => one.label).join("、")
  return (
    <div className="import-key">
      <span>{say("import.key")}</span>
      <Float
        label={say("import.key")}
        trigger={
          <Button
            disabled={busy}
            aria-label={`${say("import.key")} ${says}`}
            icon={<ChevronDown size={14} />}
          >
            {says || say("import.key.none")}
          </Button>
        }
      >
        <div className="import-keys">
          {all.map((one) => {
            const on = draft.key.includes(one.key)
            return (
              <Tick
                key={one.key}
                label={one.label}
                checked={on}
                disabled={busy || (on ? draft.key.length === 1 : !mayBeKey(draft, one))}
                onChange={(said) => put(one, said)}
              />
            )
          })}
        </div>
      </Float>
    </div>
  )
}

import { useState } from "react"
import { Picker } from "../../../../fields/picker"
import {
  type FieldDocument,
  type OptionDocument,
  optionsOf,
  saidIn,
} from "../../../../kernel/design/object"
import { Chip } from "../../../../ui/chip"
import { Options } from "../../../../ui/inputs"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"

interface Props {
  design: Design
  field: FieldDocument
  onChange: (options: OptionDocument[]) => void
}

/** Which options of another field each option goes with: a city with its province. */
export function Dependence({ design, field, onChange }: Props) {
  const say = useWords()
  const { language } = design
  const options = optionsOf(field)
  const others = design.draft.document.fields.filter(
    (one) => one.key !== field.key && (one.kind === "option" || one.kind === "options"),
  )
  const drawn = options.flatMap((one) => Object.keys(one.when ?? {}))[0]
  const [begun, begin] = useState<string>()
  const governor = others.find((one) => one.key === (drawn ?? begun))
  if (others.length === 0) return null
  const offered = governor
    ? optionsOf(governor).map((one) => ({ key: one.key, label: saidIn(one.label, language) }))
    : []
  function choose(key: string) {
    begin(key || undefined)
    onChange(options.map(({ when: _, ...one }) => one))
  }
  function put(at: number, keys: string[]) {
    onChange(
      options.map(({ when, ...one }, place) => {
        if (place !== at) return when ? { ...one, when } : one
        return keys.length > 0 && governor ? { ...one, when: { [governor.key]: keys } } : one
      }),
    )
  }
  return (
    <div className="dependence">
      <label>
        {say("option.depends")}{" "}
        <select
          className="input"
          value={governor?.key ?? ""}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{say("option.depends.none")}</option>
          <Options
            of={others.map((one) => ({ key: one.key, label: saidIn(one.label, language) }))}
          />
        </select>
      </label>
      {governor && (
        <ul>
          {options.map((one, at) => {
            const chosen = one.when?.[governor.key] ?? []
            const name = saidIn(one.label, language)
            return (
              <li key={one.key}>
                <span className="clip">{name}</span>
                <Picker
                  label={say("option.depends.of", { option: name })}
                  many
                  choices={offered}
                  chosen={chosen.length > 0 ? chosen : [""]}
                  shown={
                    chosen.length > 0
                      ? chosen.map((key) => (
                          <Chip
                            key={key}
                            word={offered.find((each) => each.key === key)?.label ?? key}
                          />
                        ))
                      : say("option.depends.always")
                  }
                  onChange={(keys) =>
                    put(
                      at,
                      keys.filter((key) => key !== ""),
                    )
                  }
                />
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

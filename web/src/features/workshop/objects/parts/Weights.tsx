import { X } from "lucide-react"
import type { Language } from "../../../../data/preferences"
import type { CompareDocument } from "../../../../kernel/design/match"
import { type ObjectDocument, saidIn } from "../../../../kernel/design/object"
import { IconButton } from "../../../../ui/button"
import { useWords } from "../../../../ui/words"

interface Props {
  document: ObjectDocument
  language: Language
  label: string
  compare: readonly CompareDocument[]
  onChange: (compare: CompareDocument[]) => void
}

/** Fields that count for or against two records being the same one, and how much. */
export function Weights({ document, language, label, compare, onChange }: Props) {
  const say = useWords()
  const called = (key: string) =>
    saidIn(document.fields.find((one) => one.key === key)?.label, language) || key
  function weigh(at: number, level: string, text: string) {
    onChange(
      compare.map((one, place) => {
        if (place !== at) return one
        const { [level]: _, ...rest } = one.weights ?? {}
        return { ...one, weights: text === "" ? rest : { ...rest, [level]: Number(text) } }
      }),
    )
  }
  return (
    <>
      <h2>{say("match.compare")}</h2>
      <p className="soft">{say("match.compare.hint")}</p>
      <ul>
        {compare.map((one, at) => (
          <li key={one.field ?? one.key}>
            <span className="chip" data-color="grey">
              {called(one.field ?? one.key ?? "")}
            </span>
            {(["same", "different"] as const).map((level) => (
              <label key={level} className="rules-weight">
                {say(`match.${level}`)}
                <input
                  className="input"
                  type="number"
                  min={-100}
                  max={100}
                  step={0.5}
                  value={one.weights?.[level] ?? ""}
                  placeholder={say("match.learnt")}
                  onChange={(event) => weigh(at, level, event.target.value)}
                />
              </label>
            ))}
            <IconButton
              label={say("rules.field.drop", { label: called(one.field ?? one.key ?? "") })}
              onClick={() => onChange(compare.filter((_, place) => place !== at))}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <select
        className="input field-set-more"
        aria-label={`${say("match.compare")} ${label}`}
        value=""
        onChange={(event) =>
          event.target.value && onChange([...compare, { field: event.target.value }])
        }
      >
        <option value="">{say("rules.field.add")}</option>
        {document.fields
          .filter((one) => !compare.some((each) => each.field === one.key))
          .map((one) => (
            <option key={one.key} value={one.key}>
              {saidIn(one.label, language)}
            </option>
          ))}
      </select>
    </>
  )
}

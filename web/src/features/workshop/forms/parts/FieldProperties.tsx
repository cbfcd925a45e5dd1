import { useSuspenseQuery } from "@tanstack/react-query"
import { catalog } from "../../../../data/recipes"
import { lineFields } from "../../../../fields/form/Lines"
import {
  COLUMNS,
  nudged,
  type PlacedDocument,
  placedIn,
  problemAt,
  roomOf,
  rooms,
  spotOf,
  taken,
  worded,
} from "../../../../kernel/faces/design"
import { type FieldMeta, fieldOf } from "../../../../kernel/meta"
import { factsOf } from "../../../../kernel/shape"
import { Labelled, Tick } from "../../../../ui/labelled"
import { useWords } from "../../../../ui/words"
import { LabelInput } from "../../faces/LabelInput"
import { RuleInput } from "../../faces/RuleInput"
import type { Drawing } from "../FormDesigner"
import { Heading } from "./SectionProperties"

const RULES = ["visible", "required", "readonly", "default", "computed"] as const

/** A field on the form: its words, its width, its rules. */
export function FieldProperties(props: Drawing & { name: string }) {
  const { form, object, name, change, choose, problems } = props
  const say = useWords()
  const placed = placedIn(form, name)
  const spot = spotOf(form, name)
  const field = fieldOf(object, name)
  if (!placed || !spot) return null
  const set = (said: Partial<PlacedDocument>) => change(worded(form, name, said))
  const columns = roomOf(form, spot)?.columns ?? COLUMNS
  const wrong = problems.filter((one) => problemAt(form, one.path).field === name)
  const all = rooms(form)
  const last = all.at(-1)
  const first = spot.index === 0 && all[0]?.tab === spot.tab && all[0].section === spot.section
  const end =
    last?.tab === spot.tab &&
    last.section === spot.section &&
    spot.index === (roomOf(form, spot)?.fields.length ?? 0) - 1
  return (
    <div className="pane">
      <Heading
        title={field?.label ?? name}
        onUp={first ? undefined : () => change(nudged(form, name, -1))}
        onDown={end ? undefined : () => change(nudged(form, name, 1))}
        onDrop={() => {
          change(taken(form, name))
          choose({ what: "form" })
        }}
      />
      {wrong.map((one) => (
        <p key={one.path + one.code} className="pane-wrong" role="alert">
          {one.message}
        </p>
      ))}
      {columns > 1 && field?.kind !== "children" && (
        <Labelled label={say("forms.width")}>
          {(control) => (
            <select
              id={control.id}
              className="input"
              value={Math.min(placed.width ?? 1, columns)}
              onChange={(event) => {
                const width = Number(event.target.value)
                set({ width: width > 1 ? width : undefined })
              }}
            >
              {Array.from({ length: columns }, (_, at) => at + 1).map((one) => (
                <option key={one} value={one}>
                  {say("forms.width.of", { n: one, all: columns })}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <LabelInput
        label={say("forms.label")}
        placeholder={field?.label}
        said={placed.label}
        onChange={(label) => set({ label })}
      />
      <LabelInput label={say("forms.help")} said={placed.help} onChange={(help) => set({ help })} />
      <LabelInput
        label={say("forms.placeholder")}
        said={placed.placeholder}
        onChange={(placeholder) => set({ placeholder })}
      />
      {field?.kind === "children" ? (
        <LineColumns
          field={field}
          columns={placed.columns}
          onChange={(some) => set({ columns: some })}
        />
      ) : null}
      <h3 className="pane-part">{say("forms.rules")}</h3>
      {RULES.map((rule) => (
        <RuleInput
          key={rule}
          rule={rule}
          object={object.key}
          value={placed[rule] ?? ""}
          onChange={(text) => set({ [rule]: text })}
        />
      ))}
    </div>
  )
}

/** Which fields the lines of a sub-table ask for. */
function LineColumns({
  field,
  columns,
  onChange,
}: {
  field: FieldMeta
  columns: string[] | undefined
  onChange: (columns: string[]) => void
}) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const child = field.object ? known.object(field.object) : undefined
  if (!child) return null
  const now = columns ?? lineFields(child, field.settings.field).map((one) => one.key)
  return (
    <fieldset className="face-set">
      <legend>{say("forms.lines")}</legend>
      {factsOf(child)
        .filter((one) => one.key !== field.settings.field && one.create)
        .map((one) => (
          <Tick
            key={one.key}
            label={one.label}
            checked={now.includes(one.key)}
            onChange={(on) =>
              onChange(on ? [...now, one.key] : now.filter((each) => each !== one.key))
            }
          />
        ))}
    </fieldset>
  )
}

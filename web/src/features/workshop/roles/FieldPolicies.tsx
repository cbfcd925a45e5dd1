import { Plus, X } from "lucide-react"
import { useState } from "react"
import { ExpressionInput } from "../../../fields/expression"
import { Button, IconButton } from "../../../ui/button"
import { Tick } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"
import {
  type Grant,
  LEVELS,
  type Level,
  levelOf,
  listed,
  OTHERS,
  put,
  type Stage,
  written,
} from "./model"
import { LEVEL_COLORS, type Naming } from "./words"

/** What may be done with each field of an object, and what else in which stage. */
export function FieldPolicies({
  object,
  fields,
  grant,
  naming,
  onChange,
}: {
  object: string
  fields: readonly string[]
  grant: Grant | undefined
  naming: Naming
  onChange: (grant: Grant) => void
}) {
  const say = useWords()
  const [search, setSearch] = useState("")
  const now = grant ?? {}
  const stages = now.stages ?? []
  const setStage = (at: number, stage: Stage | undefined) =>
    onChange({
      ...now,
      stages: stage
        ? stages.map((one, place) => (place === at ? stage : one))
        : stages.filter((_, place) => place !== at),
    })
  const shown = fields.filter((one) =>
    `${one} ${naming.field(object, one)}`.toLowerCase().includes(search.toLowerCase()),
  )
  const masked = fields.some((one) => levelOf(grant, one) === "masked")
  return (
    <section>
      <h2>{say("roles.fields", { object: naming.object(object) })}</h2>
      <p className="soft roles-note">{say("roles.fields.hint")}</p>
      <div className="chips roles-bar">
        <input
          type="search"
          className="input"
          aria-label={say("roles.fields.search")}
          placeholder={say("roles.fields.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {object !== OTHERS && (
          <Button
            small
            icon={<Plus size={14} />}
            onClick={() => onChange({ ...now, stages: [...stages, { when: "", fields: {} }] })}
          >
            {say("roles.stage.add")}
          </Button>
        )}
      </div>
      <div className="matrix-box">
        <table className="matrix policies">
          <thead>
            <tr>
              <th scope="col">{say("roles.field")}</th>
              <th scope="col">{say("roles.always")}</th>
              {masked && <th scope="col">{say("roles.reveal")}</th>}
              {stages.map((stage, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the order of stages is what they are
                <th key={at} scope="col" className="policies-stage">
                  <StageHead
                    object={object}
                    stage={stage}
                    number={at + 1}
                    onChange={(next) => setStage(at, next)}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" className="soft">
                {say("roles.fields.others")}
              </th>
              <td>
                <LevelSelect
                  label={say("roles.fields.others")}
                  value={now.other_fields ?? "write"}
                  onChange={(level) => onChange({ ...now, other_fields: level ?? "write" })}
                />
              </td>
              {masked && <td />}
              {stages.map((stage, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={at}>
                  <LevelSelect
                    label={`${say("roles.fields.others")} ${say("roles.stage", { n: at + 1 })}`}
                    value={stage.other_fields ?? undefined}
                    open={say("roles.as.always")}
                    onChange={(level) => setStage(at, { ...stage, other_fields: level ?? null })}
                  />
                </td>
              ))}
            </tr>
            {shown.map((field) => (
              <tr key={field}>
                <th scope="row">{naming.field(object, field)}</th>
                <td>
                  <LevelSelect
                    label={naming.field(object, field)}
                    value={now.fields?.[field]}
                    open={say("roles.as.others", {
                      level: say(`level.${now.other_fields ?? "write"}`),
                    })}
                    onChange={(level) =>
                      onChange({ ...now, fields: put(now.fields, field, level) })
                    }
                  />
                </td>
                {masked && (
                  <td>
                    {levelOf(grant, field) === "masked" && (
                      <Tick
                        label={
                          <span className="unseen">
                            {say("roles.reveal")} {naming.field(object, field)}
                          </span>
                        }
                        checked={now.reveal?.includes(field) ?? false}
                        onChange={(on) => {
                          const others = (now.reveal ?? []).filter((one) => one !== field)
                          onChange({ ...now, reveal: on ? [...others, field] : others })
                        }}
                      />
                    )}
                  </td>
                )}
                {stages.map((stage, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={at}>
                    <LevelSelect
                      label={`${naming.field(object, field)} ${say("roles.stage", { n: at + 1 })}`}
                      value={stage.fields?.[field]}
                      open={say("roles.as.always")}
                      onChange={(level) =>
                        setStage(at, { ...stage, fields: put(stage.fields, field, level) })
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function StageHead({
  object,
  stage,
  number,
  onChange,
}: {
  object: string
  stage: Stage
  number: number
  onChange: (stage: Stage | undefined) => void
}) {
  const say = useWords()
  const when = listed(stage.when)
  return (
    <>
      <span className="policies-head">
        {say("roles.stage", { n: number })}
        <IconButton
          label={`${say("filter.drop")} ${say("roles.stage", { n: number })}`}
          onClick={() => onChange(undefined)}
        >
          <X size={14} />
        </IconButton>
      </span>
      {when.length > 1 ? (
        <code>{when.join(" | ")}</code>
      ) : (
        <ExpressionInput
          object={object}
          value={when[0] ?? ""}
          expects="boolean"
          label={say("roles.stage.when", { n: number })}
          more={{ trial: false, placeholder: say("roles.stage.hint") }}
          onChange={(text) => onChange({ ...stage, when: text === "" ? "" : written([text]) })}
        />
      )}
    </>
  )
}

/** One of the four levels, or whatever holds otherwise. */
function LevelSelect({
  label,
  value,
  open,
  onChange,
}: {
  label: string
  value: Level | undefined
  open?: string
  onChange: (level: Level | undefined) => void
}) {
  const say = useWords()
  return (
    <select
      className="level"
      aria-label={label}
      data-color={value ? LEVEL_COLORS[value] : undefined}
      value={value ?? ""}
      onChange={(event) => onChange(LEVELS.find((one) => one === event.target.value))}
    >
      {open && <option value="">{open}</option>}
      {LEVELS.map((one) => (
        <option key={one} value={one}>
          {say(`level.${one}`)}
        </option>
      ))}
    </select>
  )
}

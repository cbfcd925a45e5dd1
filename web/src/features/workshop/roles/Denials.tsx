import { Ban, Plus, X } from "lucide-react"
import { ExpressionInput } from "../../../fields/expression"
import { Picker } from "../../../fields/picker"
import { Button, IconButton } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { useWords } from "../../../ui/words"
import { ACTIONS, type Act, type Denial, listed, type RoleDoc, WORDS } from "./model"
import type { Naming } from "./words"

/** What is refused whatever else is granted; shown as such, because it overrides every other role. */
export function Denials({
  role,
  objects,
  naming,
  onChange,
}: {
  role: RoleDoc
  objects: readonly { key: string; fields: readonly string[] }[]
  naming: Naming
  onChange: (role: RoleDoc) => void
}) {
  const say = useWords()
  const deny = role.deny ?? []
  const set = (at: number, one: Denial | undefined) =>
    onChange({
      ...role,
      deny: one
        ? deny.map((before, place) => (place === at ? one : before))
        : deny.filter((_, place) => place !== at),
    })
  return (
    <section className="denials">
      <h2>
        <Ban size={15} aria-hidden="true" /> {say("roles.deny")}
      </h2>
      <p className="soft roles-note">{say("roles.deny.hint")}</p>
      {deny.map((one, at) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: denials have no other name
          key={at}
          denial={one}
          objects={objects}
          naming={naming}
          onChange={(next) => set(at, next)}
        />
      ))}
      {objects[0] && (
        <Button
          small
          icon={<Plus size={14} />}
          onClick={() =>
            onChange({
              ...role,
              deny: [...deny, { object: objects[0]?.key ?? "", actions: ["export"], where: "all" }],
            })
          }
        >
          {say("roles.deny.add")}
        </Button>
      )}
    </section>
  )
}

function Line({
  denial,
  objects,
  naming,
  onChange,
}: {
  denial: Denial
  objects: readonly { key: string; fields: readonly string[] }[]
  naming: Naming
  onChange: (denial: Denial | undefined) => void
}) {
  const say = useWords()
  const fields = objects.find((one) => one.key === denial.object)?.fields ?? []
  const where = listed(denial.where ?? "all")
  const word = WORDS.find((one) => one === where[0])
  return (
    <div className="denial">
      <select
        className="input"
        aria-label={say("roles.object")}
        value={denial.object}
        onChange={(event) =>
          onChange({ ...denial, object: event.target.value, fields: [], where: "all" })
        }
      >
        {objects.map((one) => (
          <option key={one.key} value={one.key}>
            {naming.object(one.key)}
          </option>
        ))}
      </select>
      <Picker
        label={say("roles.deny.actions")}
        many
        choices={ACTIONS.map((one) => ({ key: one, label: say(`act.${one}`) }))}
        chosen={denial.actions?.length ? [...denial.actions] : [""]}
        shown={
          denial.actions?.length
            ? denial.actions.map((one) => <Chip key={one} word={say(`act.${one}`)} color="red" />)
            : say("roles.deny.every")
        }
        onChange={(keys) =>
          onChange({ ...denial, actions: keys.filter((one): one is Act => one !== "") })
        }
      />
      <Picker
        label={say("roles.deny.fields")}
        many
        choices={fields.map((one) => ({ key: one, label: naming.field(denial.object, one) }))}
        chosen={denial.fields?.length ? [...denial.fields] : [""]}
        shown={
          denial.fields?.length
            ? denial.fields.map((one) => (
                <Chip key={one} word={naming.field(denial.object, one)} color="red" />
              ))
            : say("roles.deny.record")
        }
        onChange={(keys) => onChange({ ...denial, fields: keys.filter((one) => one !== "") })}
      />
      <select
        className="input"
        aria-label={say("roles.deny.where")}
        value={word ?? ""}
        onChange={(event) => onChange({ ...denial, where: event.target.value })}
      >
        {WORDS.map((one) => (
          <option key={one} value={one}>
            {say(`scope.${one}`)}
          </option>
        ))}
        <option value="">{say("scope.condition")}</option>
      </select>
      <IconButton label={say("roles.deny.drop")} onClick={() => onChange(undefined)}>
        <X size={15} />
      </IconButton>
      {!word && (
        <div className="denial-where">
          <ExpressionInput
            object={denial.object}
            value={where[0] ?? ""}
            expects="boolean"
            label={say("scope.condition")}
            more={{ trial: false }}
            onChange={(text) => onChange({ ...denial, where: text })}
          />
        </div>
      )}
    </div>
  )
}

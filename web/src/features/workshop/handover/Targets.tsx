import { ChooseDepartment, ChoosePeople, ChoosePerson } from "../../../fields/people"
import { useWords } from "../../../ui/words"
import type { Choice, Someone, Way } from "./model"

/** To whom records go. */
export function TargetField({
  label,
  value,
  ways = ["none", "user", "users", "manager", "pool"],
  onChange,
}: {
  label: string
  value: Choice
  ways?: readonly Way[]
  onChange: (value: Choice) => void
}) {
  const say = useWords()
  return (
    <div className="handover-target">
      <select
        className="input"
        aria-label={label}
        value={value.way}
        onChange={(event) => onChange({ ...value, way: event.target.value as Way })}
      >
        {ways.map((one) => (
          <option key={one} value={one}>
            {say(`handover.to.${one}`)}
          </option>
        ))}
      </select>
      {value.way === "user" && (
        <ChoosePerson
          label={`${label} ${say("handover.to.user")}`}
          value={value.people[0]?.id ?? null}
          name={value.people[0]?.name}
          onChange={(id, name) =>
            onChange({ ...value, people: id ? [{ id, name: name ?? "…" }] : [] })
          }
        />
      )}
      {value.way === "users" && (
        <ChoosePeople
          label={`${label} ${say("handover.to.users")}`}
          value={value.people}
          onChange={(people) => onChange({ ...value, people })}
        />
      )}
      {value.way === "pool" && (
        <ChooseDepartment
          label={`${label} ${say("handover.to.pool")}`}
          value={value.pool}
          onChange={(pool) => onChange({ ...value, pool })}
        />
      )}
    </div>
  )
}

/** Who takes over as a person. */
export function SomeoneField({
  label,
  value,
  onChange,
}: {
  label: string
  value: Someone
  onChange: (value: Someone) => void
}) {
  const say = useWords()
  return (
    <div className="handover-target">
      <select
        className="input"
        aria-label={label}
        value={value.way}
        onChange={(event) => onChange({ ...value, way: event.target.value as Someone["way"] })}
      >
        <option value="none">{say("handover.nobody")}</option>
        <option value="user">{say("handover.to.user")}</option>
        <option value="manager">{say("handover.to.manager")}</option>
      </select>
      {value.way === "user" && (
        <ChoosePerson
          label={`${label} ${say("handover.to.user")}`}
          value={value.person?.id ?? null}
          name={value.person?.name}
          onChange={(id, name) =>
            onChange({ ...value, person: id ? { id, name: name ?? "…" } : null })
          }
        />
      )}
    </div>
  )
}

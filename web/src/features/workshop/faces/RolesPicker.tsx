import { useQuery } from "@tanstack/react-query"
import { configuration } from "../../../data/configuration"
import { useLanguage } from "../../../data/preferences"
import { saidIn } from "../../../kernel/design/object"
import type { RoleDocument } from "../../../kernel/faces/levels"
import { Tick } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"

export function useRoles(): RoleDocument[] {
  const { data } = useQuery(configuration.list<RoleDocument>("role"))
  return (data ?? []).map((one) => one.body)
}

/** For whom something is; nobody ticked means everybody. */
export function RolesPicker({
  roles,
  onChange,
}: {
  roles: readonly string[]
  onChange: (roles: string[]) => void
}) {
  const say = useWords()
  const language = useLanguage()
  const all = useRoles()
  return (
    <fieldset className="face-set">
      <legend>{say("faces.roles")}</legend>
      <p className="soft">{say(roles.length ? "faces.roles.some" : "faces.roles.all")}</p>
      {all.map((one) => (
        <Tick
          key={one.key}
          label={saidIn(one.label, language)}
          checked={roles.includes(one.key)}
          onChange={(on) =>
            onChange(on ? [...roles, one.key] : roles.filter((each) => each !== one.key))
          }
        />
      ))}
    </fieldset>
  )
}

import { useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { ask } from "../../../data/client"
import { Sure } from "../../../ui/sure"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { rolesChanged, type StoredRole } from "./api"

/** Does away with a role; who holds it loses what it granted. */
export function DropRole({
  role,
  label,
  onClose,
}: {
  role: StoredRole
  label: string
  onClose: () => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  return (
    <Sure
      title={say("roles.drop")}
      label={say("roles.drop")}
      run={async () => {
        await ask("DELETE", `/config/role/${role.key}`)
        await navigate({ to: "/workshop/roles" })
        await rolesChanged(client)
        tell(say("roles.dropped", { name: label }))
      }}
      onClose={onClose}
    >
      {say("roles.drop.sure", { name: label })}
    </Sure>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { useLanguage } from "../../../data/preferences"
import { moment } from "../../../kernel/format"
import { Button } from "../../../ui/button"
import { useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { roleDocs, rolesChanged, type StoredRole } from "./api"
import { Differences } from "./Differences"
import { differences } from "./model"
import { Wrong } from "./SavePlan"
import type { Naming } from "./words"

/** Every version there was, what going back to it would change, and the way back. */
export function Versions({
  stored,
  naming,
  onClose,
  onRestored,
}: {
  stored: StoredRole
  naming: Naming
  onClose: () => void
  onRestored: () => void
}) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const found = useQuery(roleDocs.versions(stored.key))
  const [chosen, setChosen] = useState<number>()
  const version = found.data?.find((one) => one.version === chosen)
  const deed = useDeed(async (number: number) => {
    await ask("POST", `/config/role/${stored.key}/versions/${number}/restore`, { body: {} })
    await rolesChanged(client)
    tell(say("roles.restored", { n: number }))
    onRestored()
  })
  return (
    <Dialog
      look="side"
      title={say("roles.versions")}
      onClose={onClose}
      foot={
        version?.body &&
        version.version !== stored.version && (
          <Button look="main" disabled={deed.busy} onClick={() => void deed.run(version.version)}>
            {say("roles.restore", { n: version.version })}
          </Button>
        )
      }
    >
      {found.isError ? (
        <Trouble error={found.error} />
      ) : !found.data ? (
        <Bones lines={5} gap={18} />
      ) : (
        <div className="roles-form">
          {deed.fault && <Wrong fault={deed.fault} />}
          <ul className="versions">
            {found.data.map((one) => (
              <li key={one.version}>
                <button
                  type="button"
                  className="version"
                  aria-pressed={one.version === chosen}
                  onClick={() => setChosen(one.version)}
                >
                  <strong>{say("roles.version", { n: one.version })}</strong>
                  <span className="soft">
                    {moment(one.at, language, new Date())} ·{" "}
                    {one.actor?.name ?? one.app ?? say("timeline.system")}
                    {one.version === stored.version && ` · ${say("roles.current")}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {version?.body && version.version !== stored.version && (
            <>
              <h3>{say("roles.restore.changes")}</h3>
              <Differences found={differences(stored.body, version.body)} naming={naming} />
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Archive } from "lucide-react"
import { useState } from "react"
import { useLanguage } from "../../../data/preferences"
import { moment } from "../../../kernel/format"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { Sure } from "../../../ui/sure"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { apps, purge, type Removed } from "./api"

/** What was removed and is still kept, until somebody destroys it for good. */
export function KeptData() {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const found = useQuery(apps.removed())
  const [going, setGoing] = useState<Removed>()
  const named = (one: Removed) =>
    one.field ? `${one.label} (${one.object}.${one.field})` : one.label
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Bones lines={2} />
  return (
    <>
      {found.data.length === 0 && <p className="soft">{say("apps.kept.none")}</p>}
      {found.data.length > 0 && (
        <>
          <p className="soft">{say("apps.kept.hint")}</p>
          <ul className="apps-list">
            {found.data.map((one) => (
              <li key={`${one.object} ${one.field}`} className="apps-one">
                <Archive size={18} />
                <div>
                  <strong>{named(one)}</strong>{" "}
                  <span className="soft">
                    {say(one.field ? "apps.kept.field" : "apps.kept.object")}
                  </span>
                </div>
                <span className="soft apps-when">
                  {moment(one.removed_at, language, new Date())}
                </span>
                <Button small look="danger" onClick={() => setGoing(one)}>
                  {say("apps.purge")}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {going && (
        <Sure
          title={say("apps.purge.of", { name: named(going) })}
          label={say("apps.purge")}
          run={async () => {
            await purge(going)
            await client.invalidateQueries({ queryKey: apps.removed().queryKey })
            tell(say("apps.purged", { name: named(going) }))
          }}
          onClose={() => setGoing(undefined)}
        >
          {say("apps.purge.sure")}
        </Sure>
      )}
    </>
  )
}

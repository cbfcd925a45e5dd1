import { useMutation, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import {
  configuration,
  type Plan,
  planned,
  restored,
  type Version,
} from "../../../../data/configuration"
import { useLanguage } from "../../../../data/preferences"
import { differences } from "../../../../kernel/design/compare"
import type { ObjectDocument } from "../../../../kernel/design/object"
import { moment } from "../../../../kernel/format"
import { Button } from "../../../../ui/button"
import { Bones, Trouble } from "../../../../ui/states"
import { tell, tellFault } from "../../../../ui/toast"
import { useWords } from "../../../../ui/words"
import { Differences } from "../../planning/Differences"
import { PlanDialog } from "../../planning/PlanDialog"
import type { Design } from "../context"

/** Every version, who made it, what it changed, and the way back to it. */
export function Versions({ design }: { design: Design }) {
  const say = useWords()
  const { key } = design.draft.document
  const { data, error, refetch } = useQuery(configuration.versions<ObjectDocument>("object", key))
  const [asked, setAsked] = useState<{ plan: Plan; version: number }>()
  const planning = useMutation({
    mutationFn: async (one: Version<ObjectDocument>) => {
      const name = { kind: "object", key }
      const wish = one.body ? { documents: [one.body] } : { remove: [name] }
      return { plan: await planned(wish), version: one.version }
    },
    onSuccess: setAsked,
    onError: tellFault,
  })
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <Bones lines={6} />
  return (
    <div className="designer-narrow">
      <ol className="versions">
        {data.map((one, at) => (
          <Line
            key={one.version}
            one={one}
            before={data[at + 1]}
            restore={at > 0 ? () => planning.mutate(one) : undefined}
          />
        ))}
      </ol>
      {asked && (
        <PlanDialog
          plan={asked.plan}
          title={say("versions.restore.plan", { n: asked.version })}
          run={(confirm) => restored("object", key, asked.version, confirm)}
          onDone={() => {
            design.draft.drop()
            setAsked(undefined)
            tell(say("versions.restored", { n: asked.version }))
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

interface LineProps {
  one: Version<ObjectDocument>
  before: Version<ObjectDocument> | undefined
  restore: (() => void) | undefined
}

function Line({ one, before, restore }: LineProps) {
  const say = useWords()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const found = before ? differences(before.body as never, one.body as never) : undefined
  return (
    <li className="version">
      <div className="version-head">
        <strong>{say("versions.number", { n: one.version })}</strong>
        <span className="soft">{moment(one.at, language, new Date())}</span>
        <span>{one.actor?.name ?? (one.app ? say("versions.app", { app: one.app }) : "—")}</span>
        <span className="soft">
          {found ? say("versions.changes", { n: found.length }) : say("versions.first")}
        </span>
        <span className="version-do">
          {found && found.length > 0 && (
            <Button small look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
              {say(open ? "versions.hide" : "versions.show")}
            </Button>
          )}
          {restore && (
            <Button small onClick={restore}>
              {say("versions.restore")}
            </Button>
          )}
        </span>
      </div>
      {open && found && <Differences list={found} />}
    </li>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { peopleChanged, type User, users } from "../../../data/people"
import { ChoosePerson } from "../../../fields/people"
import { below } from "../../../kernel/tree"
import { Button } from "../../../ui/button"
import { PersonTag } from "../../../ui/chip"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { tell, tellFault } from "../../../ui/toast"
import { Tree } from "../../../ui/tree"
import { useWords } from "../../../ui/words"

type Line = User & { parent: string | null }

/** Who reports to whom. */
export function Reporting({ onUser }: { onUser: (id: string) => void }) {
  const say = useWords()
  const client = useQueryClient()
  const found = useQuery(users.many({ active: true }))
  const [changing, setChanging] = useState<Line>()
  const [chosen, setChosen] = useState<string>()
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div style={{ padding: 20 }}>
        <Bones lines={10} gap={18} />
      </div>
    )
  // Those who lead come first; the many who have nobody above and below them last.
  const leads = new Set(found.data.map((one) => one.manager))
  const all: Line[] = found.data
    .map((one) => ({ ...one, parent: one.manager }))
    .sort((a, b) => Number(leads.has(b.id)) - Number(leads.has(a.id)))
  async function move(one: Line, manager: string | null, undo = true) {
    const before = one.manager
    await ask("PATCH", `/users/${one.id}`, { body: { manager } })
    await peopleChanged(client)
    const above = all.find((other) => other.id === manager)
    const says = above
      ? say("reporting.changed", { name: one.name, manager: above.name })
      : say("reporting.freed", { name: one.name })
    tell(says, undo ? { undo: () => void move(one, before, false).catch(tellFault) } : {})
  }
  return (
    <div className="people-body">
      <p className="split-hint">{say("reporting.hint")}</p>
      {all.length >= 1000 && <p className="split-hint">{say("reporting.too.many")}</p>}
      <Tree
        label={say("people.reporting")}
        all={all}
        chosen={chosen}
        onChoose={setChosen}
        shown={(line) => (
          <>
            <span className="tree-grow">
              <button
                type="button"
                tabIndex={-1}
                className="lines-open"
                onClick={() => onUser(line.one.id)}
              >
                <PersonTag name={line.one.label} />
              </button>
            </span>
            {line.children.length > 0 && (
              <span className="tree-count">{say("reporting.below", { n: below(line) })}</span>
            )}
            <Button
              small
              look="quiet"
              aria-label={`${say("reporting.change")} ${line.one.name}`}
              onClick={() => setChanging(line.one)}
            >
              {say("reporting.change")}
            </Button>
          </>
        )}
        onMove={(one, manager) => void move(one, manager).catch(tellFault)}
      />
      {changing && (
        <Change
          user={changing}
          name={all.find((one) => one.id === changing.manager)?.name}
          run={(manager) => move(changing, manager)}
          onClose={() => setChanging(undefined)}
        />
      )}
    </div>
  )
}

function Change({
  user,
  name,
  run,
  onClose,
}: {
  user: User
  name?: string
  run: (manager: string | null) => Promise<void>
  onClose: () => void
}) {
  const say = useWords()
  const [chosen, setChosen] = useState<{ id: string | null; name?: string }>({
    id: user.manager,
    name,
  })
  const deed = useDeed(async () => {
    await run(chosen.id)
    onClose()
  })
  return (
    <Dialog
      title={say("people.manager.of", { name: user.name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look="main" disabled={deed.busy} onClick={() => void deed.run()}>
            {say("do.save")}
          </Button>
        </>
      }
    >
      <div className="people-form">
        <DeedFault fault={deed.fault} />
        <ChoosePerson
          label={say("people.manager")}
          value={chosen.id}
          name={chosen.name}
          onChange={(id, called) => setChosen({ id, name: called })}
        />
      </div>
    </Dialog>
  )
}

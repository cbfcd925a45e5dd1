import { useQuery, useQueryClient } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { lineage, type Share } from "../../../data/lineage"
import { found, records } from "../../../data/recipes"
import { Picker } from "../../../fields/picker"
import { whole } from "../../../kernel/format"
import { Button, IconButton } from "../../../ui/button"
import { Chip, PersonTag } from "../../../ui/chip"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"

/** Who works on the record beside its owner, and with whom it is shared. */
export function Team({ object, record, onClose }: Place & { onClose: () => void }) {
  const say = useWords()
  const client = useQueryClient()
  const team = useQuery(lineage.team(object.key, record.id))
  const shares = useQuery(lineage.shares(object.key, record.id))
  const [search, setSearch] = useState("")
  const [chosen, setChosen] = useState<{ id: string; name: string }>()
  const [level, setLevel] = useState<Share["level"]>("write")
  const { data: people } = useQuery(found.people(search))
  const path = `/records/${object.key}/${record.id}` as const

  async function act(deed: Promise<unknown>) {
    try {
      await deed
      setChosen(undefined)
    } catch (error) {
      tellFault(error)
    }
    await client.invalidateQueries({ queryKey: records.all(object.key) })
  }
  return (
    <Dialog title={say("team.title")} onClose={onClose}>
      <section className="team">
        <h3>{say("team.team")}</h3>
        {team.error && <Trouble error={team.error} />}
        {!team.data && !team.error && <Bones lines={2} height={24} />}
        {team.data?.items.length === 0 && <p className="soft">{say("team.nobody")}</p>}
        <ul>
          {team.data?.items.map((one) => (
            <Line
              key={one.id}
              share={one}
              onDrop={
                object.may.share
                  ? () => void act(ask("DELETE", `${path}/team/${one.to.user?.id}`))
                  : undefined
              }
            />
          ))}
        </ul>
        {object.may.share && (
          <form
            className="team-add"
            onSubmit={(event) => {
              event.preventDefault()
              if (chosen)
                void act(ask("POST", `${path}/team`, { body: { user: chosen.id, level } }))
            }}
          >
            <Picker
              label={say("team.who")}
              choices={(people ?? []).map((one) => ({
                key: one.id,
                label: one.name,
                shown: <PersonTag name={one.label} />,
              }))}
              chosen={chosen ? [chosen.id] : []}
              shown={chosen && <PersonTag name={chosen.name} />}
              onSearch={setSearch}
              onChange={([id]) => {
                const one = people?.find((each) => each.id === id)
                setChosen(one && { id: one.id, name: one.name })
              }}
            />
            <select
              className="input"
              aria-label={say("team.level")}
              value={level}
              onChange={(event) => setLevel(event.target.value === "read" ? "read" : "write")}
            >
              <option value="write">{say("team.write")}</option>
              <option value="read">{say("team.read")}</option>
            </select>
            <Button type="submit" look="main" disabled={!chosen}>
              {say("team.add")}
            </Button>
          </form>
        )}
      </section>
      {shares.data && shares.data.items.length > 0 && (
        <section className="team">
          <h3>{say("team.shares")}</h3>
          <ul>
            {shares.data.items.map((one) => (
              <Line
                key={one.id}
                share={one}
                onDrop={
                  object.may.share
                    ? () => void act(ask("DELETE", `${path}/shares/${one.id}`))
                    : undefined
                }
              />
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}

function Line({ share, onDrop }: { share: Share; onDrop?: () => void }) {
  const say = useWords()
  const { user, department, role } = share.to
  return (
    <li>
      {user ? (
        <PersonTag name={user.name} />
      ) : (
        <Chip word={department?.name ?? role?.label ?? "…"} color="grey" />
      )}
      <span className="soft">
        {say(share.level === "write" ? "team.write" : "team.read")}
        {share.until && ` · ${say("team.until", { at: whole(share.until) })}`}
      </span>
      {onDrop && (
        <IconButton label={say("filter.drop")} onClick={onDrop}>
          <X size={14} />
        </IconButton>
      )}
    </li>
  )
}

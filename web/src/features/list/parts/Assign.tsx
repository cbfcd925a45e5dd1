import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useState } from "react"
import { catalog, found } from "../../../data/recipes"
import { Picker } from "../../../fields/picker"
import { fieldOf } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { PersonTag } from "../../../ui/chip"
import { Dialog } from "../../../ui/dialog"
import { Labelled } from "../../../ui/labelled"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { useMany } from "../many"
import type { Picking } from "../picking"
import type { ListState } from "../state"

interface Props {
  state: ListState
  picking: Picking
  onClose: () => void
}

/** Records given to somebody else, with what belongs to them. */
export function Assign({ state, picking, onClose }: Props) {
  const say = useWords()
  const many = useMany(state, picking)
  const { object } = state
  const { data: known } = useSuspenseQuery(catalog())
  const [search, setSearch] = useState("")
  const [to, setTo] = useState<{ id: string; name: string }>()
  const [along, setAlong] = useState<string[]>([])
  const { data: people } = useQuery(found.people(search))
  const offered = object.relations.filter((one) => {
    const child = known.object(one.object)
    return child?.may.update && fieldOf(child, "owner")?.update
  })
  const give = useMutation({
    mutationFn: (one: { id: string; name: string }) => many.give(one, along),
    onSuccess: onClose,
    onError: tellFault,
  })
  return (
    <Dialog
      title={say("assign.title", { n: picking.size.toLocaleString(), object: object.label })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button
            look="main"
            disabled={!to || give.isPending}
            onClick={() => to && give.mutate(to)}
          >
            {say("assign.do")}
          </Button>
        </>
      }
    >
      <div className="assign">
        <Labelled label={say("assign.to")}>
          {({ id }) => (
            <Picker
              id={id}
              label={say("assign.to")}
              choices={(people ?? []).map((one) => ({
                key: one.id,
                label: one.name,
                shown: <PersonTag name={one.label} />,
              }))}
              chosen={to ? [to.id] : []}
              shown={to && <PersonTag name={to.name} />}
              onSearch={setSearch}
              onChange={([id]) => {
                const one = people?.find((each) => each.id === id)
                setTo(one && { id: one.id, name: one.name })
              }}
            />
          )}
        </Labelled>
        {offered.length > 0 && (
          <fieldset>
            <legend>{say("assign.along")}</legend>
            {offered.map((one) => (
              <label key={one.key}>
                <input
                  type="checkbox"
                  checked={along.includes(one.key)}
                  onChange={(event) =>
                    setAlong(
                      event.target.checked
                        ? [...along, one.key]
                        : along.filter((each) => each !== one.key),
                    )
                  }
                />{" "}
                {one.label}
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  )
}

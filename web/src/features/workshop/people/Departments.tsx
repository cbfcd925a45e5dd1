import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { type Department, departments, peopleChanged, users } from "../../../data/people"
import { Button } from "../../../ui/button"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { tell, tellFault } from "../../../ui/toast"
import { Tree } from "../../../ui/tree"
import { useWords } from "../../../ui/words"
import { DepartmentPanel, NewDepartment } from "./DepartmentPanel"

/** The tree of departments, and the one that is chosen. */
export function Departments({
  chosen,
  onChoose,
  onUser,
}: {
  chosen?: string
  onChoose: (id?: string) => void
  onUser: (id: string) => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const found = useQuery(departments())
  const everybody = useQuery(users.many({ active: true }))
  const [making, setMaking] = useState<{ parent: string | null }>()
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div style={{ padding: 20 }}>
        <Bones lines={8} gap={18} />
      </div>
    )
  const all = found.data
  const count = new Map<string, number>()
  for (const one of everybody.data ?? [])
    for (const place of one.departments) count.set(place.id, (count.get(place.id) ?? 0) + 1)
  const current = all.find((one) => one.id === chosen)

  async function move(one: Department, parent: string | null, before = one.parent) {
    try {
      await ask("PATCH", `/departments/${one.id}`, { body: { parent } })
      await peopleChanged(client)
      const above = all.find((other) => other.id === parent)
      const says = above
        ? say("department.moved", { name: one.name, parent: above.name })
        : say("department.moved.top", { name: one.name })
      tell(says, {
        undo: before === parent ? undefined : () => void move(one, before, before),
      })
    } catch (error) {
      tellFault(error)
    }
  }
  return (
    <div className="split" data-open={current ? "true" : undefined}>
      <div className="split-list">
        <div className="split-bar">
          <Button
            small
            icon={<Plus size={14} />}
            onClick={() => setMaking({ parent: chosen ?? null })}
          >
            {current ? say("department.new.below", { name: current.name }) : say("department.new")}
          </Button>
        </div>
        {all.length === 0 ? (
          <Empty title={say("department.none")} hint={say("department.none.hint")} />
        ) : (
          <Tree
            label={say("department.tree")}
            all={all}
            chosen={chosen}
            shown={({ one }) => (
              <>
                <span className="tree-grow clip">{one.name}</span>
                <span className="tree-count">{count.get(one.id) ?? ""}</span>
              </>
            )}
            onChoose={onChoose}
            onMove={(one, parent) => void move(one, parent)}
          />
        )}
        <p className="split-hint">{say("department.keys")}</p>
      </div>
      <div className="split-main">
        {current ? (
          <DepartmentPanel
            key={current.id}
            department={current}
            all={all}
            onUser={onUser}
            onBack={() => onChoose()}
          />
        ) : (
          <Empty title={say("department.pick")} />
        )}
      </div>
      {making && (
        <NewDepartment
          parent={making.parent}
          onClose={() => setMaking(undefined)}
          onMade={(id) => {
            setMaking(undefined)
            onChoose(id)
          }}
        />
      )}
    </div>
  )
}

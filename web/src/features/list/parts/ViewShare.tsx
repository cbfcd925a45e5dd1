import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import type { Share } from "../../../data/lineage"
import { roles } from "../../../data/people"
import { found, type Page } from "../../../data/recipes"
import { Picker } from "../../../fields/picker"
import type { ViewMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Chip, PersonTag } from "../../../ui/chip"
import { Dialog } from "../../../ui/dialog"
import { Bones } from "../../../ui/states"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

/** With whom a view of one's own is shared: people, or everybody of a role. It shows them nothing new. */
export function ViewShare({ view, onClose }: { view: ViewMeta; onClose: () => void }) {
  const say = useWords()
  const client = useQueryClient()
  const [search, setSearch] = useState("")
  const key = ["views", "shares", view.id]
  const shares = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask<Page<Share>>("GET", `/views/${view.id}/shares`, { signal }),
  })
  const everyRole = useQuery(roles())
  const { data: people } = useQuery(found.people(search))
  const act = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
    onError: tellFault,
  })
  const share = (to: { user: string } | { role: string }) =>
    act.mutate(() => ask("POST", `/views/${view.id}/shares`, { body: { to } }))
  const choices = [
    ...(everyRole.data ?? []).map((one) => ({
      key: `role ${one.key}`,
      label: one.label,
      shown: <Chip word={one.label} color="grey" />,
    })),
    ...(people ?? []).map((one) => ({
      key: one.id,
      label: one.name,
      shown: <PersonTag name={one.label} />,
    })),
  ].filter((one) => one.label.includes(search) || !one.key.startsWith("role "))
  return (
    <Dialog title={say("view.share", { label: view.label })} onClose={onClose}>
      <Picker
        label={say("view.share.with")}
        choices={choices}
        chosen={[]}
        shown={null}
        onSearch={setSearch}
        onChange={([one]) =>
          one && share(one.startsWith("role ") ? { role: one.slice(5) } : { user: one })
        }
      />
      <p className="soft view-share-says">{say("view.share.says")}</p>
      {shares.isPending && <Bones lines={2} height={20} />}
      <ul className="view-shares">
        {shares.data?.items.map((one) => (
          <li key={one.id}>
            {one.to.user ? (
              <PersonTag name={one.to.user.name} />
            ) : (
              <Chip word={one.to.role?.label ?? one.to.department?.name ?? "…"} color="grey" />
            )}
            <Button
              small
              look="quiet"
              onClick={() => act.mutate(() => ask("DELETE", `/views/${view.id}/shares/${one.id}`))}
            >
              {say("filter.drop")}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

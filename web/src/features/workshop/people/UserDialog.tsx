import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useId, useState } from "react"
import { ask } from "../../../data/client"
import { peopleChanged, type User, users } from "../../../data/people"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { changes, draftOf, SAID, UserFields } from "./UserForm"

/** One user, to be looked at and changed. */
export function UserDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const say = useWords()
  const form = useId()
  const found = useQuery(users.one(id))
  return (
    <Dialog look="side" title={found.data?.label ?? say("people.users")} onClose={onClose}>
      {found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Bones lines={10} gap={18} />
      ) : (
        <Profile key={found.data.version} user={found.data} form={form} />
      )}
    </Dialog>
  )
}

export function Profile({ user, form }: { user: User; form: string }) {
  const say = useWords()
  const client = useQueryClient()
  const before = draftOf(user)
  const [change, setChange] = useState<Partial<typeof before>>({})
  const manager = useQuery({ ...users.one(user.manager ?? ""), enabled: !!user.manager })
  const draft = { ...before, ...change }
  const told = changes(before, draft)
  const deed = useDeed(async () => {
    const saved = await ask<User>("PATCH", `/users/${user.id}`, { body: told })
    setChange({})
    await peopleChanged(client)
    tell(say("people.saved", { name: saved.name }))
  })
  return (
    <form
      id={form}
      className="people-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void deed.run()
      }}
    >
      <DeedFault fault={deed.fault} said={SAID} />
      <UserFields
        draft={draft}
        managerName={manager.data?.name}
        wrong={deed.wrong}
        onChange={(more) => setChange((now) => ({ ...now, ...more }))}
      />
      <div>
        <Button look="main" type="submit" disabled={deed.busy || Object.keys(told).length === 0}>
          {say("do.save")}
        </Button>
      </div>
    </form>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Eye } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { peopleChanged, type User, users } from "../../../data/people"
import { me } from "../../../data/recipes"
import { Absence } from "../../../fields/absence"
import { Button } from "../../../ui/button"
import { useDeed } from "../../../ui/deed"
import { DeedForm } from "../../../ui/deed_form"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { Tabs } from "../../../ui/tabs"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { Grants } from "./Grants"
import { SignInPart } from "./SignInPart"
import { changes, draftOf, SAID, UserFields } from "./UserForm"

const PARTS = ["profile", "absence", "sign_in", "grants"] as const
type Part = (typeof PARTS)[number]

/** One user, to be looked at and changed. */
export function UserDialog({
  id,
  onClose,
  onHandOver,
}: {
  id: string
  onClose: () => void
  onHandOver: (id: string) => void
}) {
  const say = useWords()
  const found = useQuery(users.one(id))
  const [part, setPart] = useState<Part>("profile")
  const user = found.data
  return (
    <Dialog
      look="side"
      title={user?.label ?? say("people.users")}
      onClose={onClose}
      foot={user && <Acts user={user} onHandOver={onHandOver} />}
    >
      {found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : !user ? (
        <Bones lines={10} gap={18} />
      ) : (
        <div className="people-panel">
          <Tabs
            label={user.name}
            tabs={PARTS.map((key) => ({ key, label: say(`people.part.${key}`) }))}
            current={part}
            onChange={setPart}
          />
          {part === "profile" && <Profile key={user.version} user={user} />}
          {part === "absence" && <Absence key={user.version} user={user} />}
          {part === "sign_in" && <SignInPart user={user} />}
          {part === "grants" && <Grants user={user} />}
        </div>
      )}
    </Dialog>
  )
}

/** What can be done with somebody; nobody disables or looks as themselves. */
function Acts({ user, onHandOver }: { user: User; onHandOver: (id: string) => void }) {
  const say = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: who } = useQuery(me())
  if (who?.user.id === user.id) return null
  async function look() {
    try {
      await ask("POST", "/access/view-as", { body: { user: user.id } })
      client.clear()
      await navigate({ to: "/desk" })
    } catch (error) {
      tellFault(error)
    }
  }
  async function enable() {
    try {
      await ask("PATCH", `/users/${user.id}`, { body: { active: true, left_on: null } })
      await peopleChanged(client)
      tell(say("people.enabled", { name: user.name }))
    } catch (error) {
      tellFault(error)
    }
  }
  return (
    <>
      {who?.view_as && user.active && (
        <Button icon={<Eye size={15} />} onClick={() => void look()}>
          {say("people.view.as")}
        </Button>
      )}
      {user.active ? (
        <Button look="danger" onClick={() => onHandOver(user.id)}>
          {say("people.disable")}
        </Button>
      ) : (
        <>
          <Button onClick={() => onHandOver(user.id)}>{say("handover.run")}</Button>
          <Button look="main" onClick={() => void enable()}>
            {say("people.enable")}
          </Button>
        </>
      )}
    </>
  )
}

function Profile({ user }: { user: User }) {
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
    <DeedForm deed={deed} said={SAID} className="people-form">
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
    </DeedForm>
  )
}

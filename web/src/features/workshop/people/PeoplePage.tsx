import { useNavigate, useSearch } from "@tanstack/react-router"
import { Plus, Upload } from "lucide-react"
import { useState } from "react"
import { Button } from "../../../ui/button"
import { Tabs } from "../../../ui/tabs"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { HandoverList } from "../handover/HandoverList"
import { HandoverWizard } from "../handover/Wizard"
import { Departments } from "./Departments"
import { ImportPeople } from "./ImportPeople"
import { NewUser } from "./NewUser"
import { Reporting } from "./Reporting"
import { TABS } from "./search"
import { UserDialog } from "./UserDialog"
import { UserList } from "./UserList"
import "./people.css"

type Doing = { what: "new" | "import" } | { what: "user" | "handover"; id: string }

/** Users, departments, the reporting line, and what was handed over. */
export function PeoplePage() {
  const say = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: "/inside/workshop/people" })
  const [doing, setDoing] = useState<Doing>()
  const tab = search.tab ?? "users"
  const open = (id?: string) =>
    void navigate({ to: "/workshop/people", search: { ...search, open: id } })
  const close = () => setDoing(undefined)
  const user = tab === "users" ? search.open : doing?.what === "user" ? doing.id : undefined
  return (
    <div className="people-page">
      <Top title={say("people.title")}>
        {tab === "users" && (
          <>
            <Button icon={<Upload size={15} />} onClick={() => setDoing({ what: "import" })}>
              {say("people.import")}
            </Button>
            <Button look="main" icon={<Plus size={15} />} onClick={() => setDoing({ what: "new" })}>
              {say("people.new")}
            </Button>
          </>
        )}
      </Top>
      <Tabs
        label={say("people.tabs")}
        tabs={TABS.map((key) => ({ key, label: say(`people.${key}`) }))}
        current={tab}
        onChange={(key) => void navigate({ to: "/workshop/people", search: { tab: key } })}
      />
      {tab === "users" && <UserList search={search} onOpen={open} />}
      {tab === "departments" && (
        <Departments
          chosen={search.open}
          onChoose={open}
          onUser={(id) => setDoing({ what: "user", id })}
        />
      )}
      {tab === "reporting" && <Reporting onUser={(id) => setDoing({ what: "user", id })} />}
      {tab === "handovers" && <HandoverList open={search.open} onOpen={open} />}
      {doing?.what === "new" && (
        <NewUser
          onClose={close}
          onMade={(id) => {
            close()
            open(id)
          }}
        />
      )}
      {doing?.what === "import" && <ImportPeople onClose={close} />}
      {user && doing?.what !== "handover" && (
        <UserDialog
          key={user}
          id={user}
          onClose={() => (tab === "users" ? open() : close())}
          onHandOver={(id) => setDoing({ what: "handover", id })}
        />
      )}
      {doing?.what === "handover" && <HandoverWizard id={doing.id} onClose={close} />}
    </div>
  )
}

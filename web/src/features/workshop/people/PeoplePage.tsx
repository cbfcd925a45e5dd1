import { useNavigate, useSearch } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useState } from "react"
import { Button } from "../../../ui/button"
import { Tabs } from "../../../ui/tabs"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { NewUser } from "./NewUser"
import { UserDialog } from "./UserDialog"
import { UserList } from "./UserList"
import "./people.css"

/** Users, departments, the reporting line, and what was handed over. */
export function PeoplePage() {
  const say = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: "/inside/workshop/people" })
  const [doing, setDoing] = useState<"new" | "import">()
  const tab = search.tab ?? "users"
  const open = (id?: string) =>
    void navigate({ to: "/workshop/people", search: { ...search, open: id } })
  return (
    <div className="people-page">
      <Top title={say("people.title")}>
        {tab === "users" && (
          <Button look="main" icon={<Plus size={15} />} onClick={() => setDoing("new")}>
            {say("people.new")}
          </Button>
        )}
      </Top>
      <Tabs
        label={say("people.tabs")}
        tabs={[{ key: "users", label: say("people.users") }]}
        current={tab}
        onChange={(key) => void navigate({ to: "/workshop/people", search: { tab: key } })}
      />
      {tab === "users" && <UserList search={search} onOpen={open} />}
      {doing === "new" && (
        <NewUser
          onClose={() => setDoing(undefined)}
          onMade={(id) => {
            setDoing(undefined)
            open(id)
          }}
        />
      )}
      {tab === "users" && search.open && (
        <UserDialog key={search.open} id={search.open} onClose={() => open()} />
      )}
    </div>
  )
}

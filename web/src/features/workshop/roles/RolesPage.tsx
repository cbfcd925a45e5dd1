import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate, useSearch } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useState } from "react"
import { roles, users } from "../../../data/people"
import { useLanguage } from "../../../data/preferences"
import { me } from "../../../data/recipes"
import { moment } from "../../../kernel/format"
import { Button } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import "../../../ui/lines.css"
import { Bones, Trouble } from "../../../ui/states"
import { Tabs } from "../../../ui/tabs"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { roleDocs } from "./api"
import { Compare } from "./Compare"
import { NewRole } from "./NewRole"
import { TABS } from "./search"
import { Why } from "./Why"
import "./roles.css"

/** The roles there are, two of them side by side, and why somebody may do something. */
export function RolesPage() {
  const say = useWords()
  const navigate = useNavigate()
  const { data: who } = useQuery(me())
  const search = useSearch({ from: "/inside/workshop/roles" })
  const [making, setMaking] = useState(false)
  const tabs = TABS.filter((one) => one !== "roles" || who?.write_roles)
  const tab = search.tab && tabs.includes(search.tab) ? search.tab : (tabs[0] ?? "compare")
  return (
    <div className="roles-page">
      <Top title={say("roles.title")}>
        {tab === "roles" && (
          <Button look="main" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
            {say("roles.new")}
          </Button>
        )}
      </Top>
      <Tabs
        label={say("roles.title")}
        tabs={tabs.map((key) => ({ key, label: say(`roles.tab.${key}`) }))}
        current={tab}
        onChange={(key) => void navigate({ to: "/workshop/roles", search: { tab: key } })}
      />
      <div className="roles-body">
        {tab === "roles" && <List />}
        {tab === "compare" && <Compare search={search} />}
        {tab === "why" && <Why search={search} />}
      </div>
      {making && <NewRole onClose={() => setMaking(false)} />}
    </div>
  )
}

const POWERS = ["configure", "people", "audit", "approve_exports"] as const

function List() {
  const say = useWords()
  const language = useLanguage()
  const found = useQuery(roleDocs.all())
  const named = useQuery(roles())
  const everybody = useQuery(users.many({ active: true }))
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div style={{ padding: 20 }}>
        <Bones lines={6} gap={20} />
      </div>
    )
  const holders = (key: string) =>
    everybody.data?.filter((one) => one.roles?.includes(key)).length ?? 0
  return (
    <table className="lines lines-stack">
      <thead>
        <tr>
          <th scope="col">{say("roles.role")}</th>
          <th scope="col">{say("roles.key")}</th>
          <th scope="col">{say("roles.powers")}</th>
          <th scope="col">{say("roles.objects")}</th>
          <th scope="col">{say("roles.holders")}</th>
          <th scope="col">{say("roles.changed")}</th>
        </tr>
      </thead>
      <tbody>
        {found.data.map((one) => (
          <tr key={one.key}>
            <th scope="row">
              <Link to="/workshop/roles/$key" params={{ key: one.key }} className="lines-open">
                {named.data?.find((it) => it.key === one.key)?.label ?? one.key}
              </Link>
            </th>
            <td className="soft">{one.key}</td>
            <td>
              <span className="chips">
                {POWERS.filter((it) => one.body[it]).map((it) => (
                  <Chip key={it} word={say(`roles.power.${it}`)} color="amber" />
                ))}
                {(one.body.deny?.length ?? 0) > 0 && (
                  <Chip
                    word={say("roles.denials", { n: one.body.deny?.length ?? 0 })}
                    color="red"
                  />
                )}
              </span>
            </td>
            <td data-label={say("roles.objects")}>
              {one.body.other_objects
                ? say("roles.every.object")
                : Object.keys(one.body.objects ?? {}).length}
            </td>
            <td data-label={say("roles.holders")}>
              <Link to="/workshop/people" search={{ role: one.key }} className="roles-link">
                {say("department.people", { n: holders(one.key) })}
              </Link>
            </td>
            <td className="soft">{moment(one.updated_at, language, new Date())}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

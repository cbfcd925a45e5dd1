import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate, useParams } from "@tanstack/react-router"
import { Columns2, History, Trash2 } from "lucide-react"
import { useState, useSyncExternalStore } from "react"
import { Button } from "../../../ui/button"
import { Menu } from "../../../ui/float"
import { Labelled, Tick } from "../../../ui/labelled"
import "../../../ui/lines.css"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { roleDocs, type StoredRole } from "./api"
import { Denials } from "./Denials"
import { DropRole } from "./DropRole"
import { keepDraft, keptDraft, watchDrafts } from "./drafts"
import { FieldPolicies } from "./FieldPolicies"
import { Matrix } from "./Matrix"
import { differences, grantOf, OTHERS, type RoleDoc, withGrant } from "./model"
import { SavePlan } from "./SavePlan"
import { Versions } from "./Versions"
import { useNaming } from "./words"
import "./roles.css"

/** One role: what it may do with which objects, records and fields. */
export function RolePage() {
  const say = useWords()
  const { key } = useParams({ from: "/inside/workshop/roles/$key" })
  const found = useQuery(roleDocs.all())
  const stored = found.data?.find((one) => one.key === key)
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div style={{ padding: 20 }}>
        <Bones lines={12} gap={18} />
      </div>
    )
  if (!stored)
    return (
      <Empty title={say("roles.missing")}>
        <Link to="/workshop/roles" className="button button-plain">
          {say("do.back")}
        </Link>
      </Empty>
    )
  return <Editor key={key} stored={stored} />
}

const POWERS = ["configure", "people", "audit", "approve_exports"] as const

function Editor({ stored }: { stored: StoredRole }) {
  const say = useWords()
  const navigate = useNavigate()
  const kept = useSyncExternalStore(watchDrafts, () => keptDraft(stored.key))
  const role = kept ?? stored.body
  const compared = useQuery(roleDocs.compared([stored.key]))
  const [object, setObject] = useState<string>()
  const [doing, setDoing] = useState<"save" | "versions" | "drop">()
  const objects = compared.data?.items ?? []
  const naming = useNaming(new Map(objects.map((one) => [one.object, one.label])))
  const changed = differences(stored.body, role).length
  const change = (next: RoleDoc | undefined) => keepDraft(stored.key, next)
  const label = typeof role.label === "string" ? role.label : role.label.zh
  const first = objects.find((one) => grantOf(role, one.object))?.object ?? objects[0]?.object
  const chosen = object ?? first ?? OTHERS
  return (
    <div className="roles-page">
      <Top
        title={
          <>
            <Link to="/workshop/roles" className="roles-up">
              {say("roles.title")}
            </Link>{" "}
            / {label}
          </>
        }
      >
        <Menu
          trigger={<Button>{say("do.more")}</Button>}
          items={[
            {
              label: say("roles.versions"),
              icon: <History size={15} />,
              run: () => setDoing("versions"),
            },
            {
              label: say("roles.compare.with"),
              icon: <Columns2 size={15} />,
              run: () =>
                void navigate({
                  to: "/workshop/roles",
                  search: { tab: "compare", a: stored.key },
                }),
            },
            {
              label: say("roles.drop"),
              icon: <Trash2 size={15} />,
              danger: true,
              run: () => setDoing("drop"),
            },
          ]}
        />
        {changed > 0 && <Button onClick={() => change(undefined)}>{say("roles.discard")}</Button>}
        <Button look="main" disabled={changed === 0} onClick={() => setDoing("save")}>
          {changed > 0 ? say("roles.save.n", { n: changed }) : say("do.save")}
        </Button>
      </Top>
      <div className="roles-body roles-pad">
        <section className="roles-head">
          <LabelFields role={role} onChange={change} />
          <div className="chips roles-powers">
            {POWERS.map((one) => (
              <Tick
                key={one}
                label={say(`roles.power.${one}`)}
                checked={role[one] === true}
                onChange={(on) => change({ ...role, [one]: on })}
              />
            ))}
          </div>
        </section>
        <section>
          <h2>{say("roles.matrix")}</h2>
          <p className="soft roles-note">{say("roles.matrix.hint")}</p>
          {compared.isError ? (
            <Trouble error={compared.error} retry={() => void compared.refetch()} />
          ) : compared.isPending ? (
            <Bones lines={8} gap={18} />
          ) : (
            <Matrix
              role={role}
              stored={stored.body}
              objects={objects.map((one) => one.object)}
              naming={naming}
              chosen={chosen}
              onChoose={setObject}
              onChange={change}
            />
          )}
        </section>
        {compared.data && (
          <FieldPolicies
            key={chosen}
            object={chosen}
            fields={Object.keys(objects.find((one) => one.object === chosen)?.fields ?? {})}
            grant={grantOf(role, chosen)}
            naming={naming}
            onChange={(grant) => change(withGrant(role, chosen, grant))}
          />
        )}
        <Denials
          role={role}
          objects={objects.map((one) => ({ key: one.object, fields: Object.keys(one.fields) }))}
          naming={naming}
          onChange={change}
        />
      </div>
      {doing === "save" && (
        <SavePlan
          stored={stored}
          role={role}
          naming={naming}
          onClose={() => setDoing(undefined)}
          onSaved={() => {
            change(undefined)
            setDoing(undefined)
          }}
        />
      )}
      {doing === "versions" && (
        <Versions
          stored={stored}
          naming={naming}
          onClose={() => setDoing(undefined)}
          onRestored={() => {
            change(undefined)
            setDoing(undefined)
          }}
        />
      )}
      {doing === "drop" && (
        <DropRole role={stored} label={label} onClose={() => setDoing(undefined)} />
      )}
    </div>
  )
}

function LabelFields({ role, onChange }: { role: RoleDoc; onChange: (role: RoleDoc) => void }) {
  const say = useWords()
  const words = typeof role.label === "string" ? { zh: role.label, en: role.label } : role.label
  return (
    <div className="labelled-rows roles-labels">
      {(["zh", "en"] as const).map((one) => (
        <Labelled key={one} label={say(`roles.label.${one}`)}>
          {({ id }) => (
            <input
              id={id}
              className="input"
              value={words[one] ?? ""}
              onChange={(event) =>
                onChange({ ...role, label: { ...words, [one]: event.target.value } })
              }
            />
          )}
        </Labelled>
      ))}
    </div>
  )
}

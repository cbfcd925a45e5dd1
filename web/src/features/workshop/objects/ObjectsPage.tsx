import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useState } from "react"
import { configuration, type Stored } from "../../../data/configuration"
import { useLanguage } from "../../../data/preferences"
import { catalog, records } from "../../../data/recipes"
import { type ObjectDocument, saidIn } from "../../../kernel/design/object"
import { Button } from "../../../ui/button"
import { ObjectIcon } from "../../../ui/icons"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { drafts } from "./draft"
import { NewObject } from "./NewObject"
import "../planning/planning.css"
import "./objects.css"

/** All objects: what they are called, how large they are, whose they are. */
export function ObjectsPage() {
  const say = useWords()
  const [making, setMaking] = useState(false)
  const { data, error, refetch } = useQuery(configuration.list<ObjectDocument>("object"))
  return (
    <div className="workshop-page">
      <Top title={say("objects.title")}>
        <Button look="main" icon={<Plus size={16} />} onClick={() => setMaking(true)}>
          {say("objects.new")}
        </Button>
      </Top>
      <div className="objects">
        {error && !data && <Trouble error={error} retry={() => void refetch()} />}
        {!data && !error && <Bones lines={12} height={20} gap={16} />}
        {data && data.length === 0 && (
          <Empty title={say("objects.none")} hint={say("objects.none.hint")} />
        )}
        {data && <List objects={data} />}
      </div>
      {making && <NewObject taken={data ?? []} onClose={() => setMaking(false)} />}
    </div>
  )
}

function List({ objects }: { objects: Stored<ObjectDocument>[] }) {
  const say = useWords()
  const there = new Set(objects.map((one) => one.key))
  const drawn = drafts()
  return (
    <table className="objects-table">
      <thead>
        <tr>
          <th scope="col">{say("objects.label")}</th>
          <th scope="col" className="objects-key">
            {say("objects.key")}
          </th>
          <th scope="col" className="figure">
            {say("objects.fields")}
          </th>
          <th scope="col" className="figure">
            {say("objects.records")}
          </th>
          <th scope="col">{say("objects.app")}</th>
        </tr>
      </thead>
      <tbody>
        {drawn
          .filter((one) => !there.has(one.key))
          .map((one) => (
            <Row key={one.key} body={one} app={null} draft={say("objects.unsaved")} />
          ))}
        {objects.map((one) => (
          <Row
            key={one.key}
            body={one.body}
            app={one.app}
            draft={drawn.some((each) => each.key === one.key) ? say("objects.changed") : undefined}
            saved
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  body: ObjectDocument
  app: string | null
  draft?: string
  saved?: boolean
}

function Row({ body, app, draft, saved }: RowProps) {
  const say = useWords()
  const language = useLanguage()
  return (
    <tr>
      <td>
        <Link to="/workshop/objects/$key" params={{ key: body.key }} className="objects-name">
          <ObjectIcon name={body.icon} />
          <span className="clip">{saidIn(body.label, language) || body.key}</span>
          {draft && <span className="objects-draft">{draft}</span>}
        </Link>
      </td>
      <td className="objects-key soft">{body.key}</td>
      <td className="figure">{body.fields.length}</td>
      <td className="figure">{saved ? <Count object={body.key} /> : "—"}</td>
      <td className="soft">{app ?? say("objects.own")}</td>
    </tr>
  )
}

function Count({ object }: { object: string }) {
  const { data: known } = useSuspenseQuery(catalog())
  const may = known.object(object)?.may.read ?? false
  const { data } = useQuery({ ...records.count(object, {}), enabled: may, staleTime: 60_000 })
  if (!data) return <>{may ? "" : "—"}</>
  return (
    <>
      {data.value.toLocaleString()}
      {!data.exact && "+"}
    </>
  )
}

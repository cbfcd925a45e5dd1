import { useSuspenseQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { type ReactNode, useState } from "react"
import { configuration } from "../../../data/configuration"
import { useLanguage } from "../../../data/preferences"
import { catalog } from "../../../data/recipes"
import { type Said, saidIn } from "../../../kernel/design/object"
import type { ObjectMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { ObjectIcon } from "../../../ui/icons"
import { Empty } from "../../../ui/states"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import "../../../ui/lines.css"
import "./faces.css"
import { NewFace } from "./NewFace"
import { useRoles } from "./RolesPicker"
import { begin, type FaceDocument } from "./useDraft"

export interface ListedFace extends FaceDocument {
  label: Said
  roles?: string[]
}

interface Props<Doc extends ListedFace> {
  kind: "form" | "view" | "page"
  home: "forms" | "views" | "pages"
  title: string
  hint: string
  /** What stands in the middle of a line. */
  about: (doc: Doc) => ReactNode
  start: (object: ObjectMeta, key: string, label: Said) => Doc
}

/** All documents of one kind, object by object, and a new one. */
export function FaceList<Doc extends ListedFace>(props: Props<Doc>) {
  const { kind, home, title, hint, about, start } = props
  const say = useWords()
  const language = useLanguage()
  const go = useNavigate()
  const { data: known } = useSuspenseQuery(catalog())
  const { data: all } = useSuspenseQuery(configuration.list<Doc>(kind))
  const roles = useRoles()
  const [making, setMaking] = useState(false)
  const objects = known.objects.filter((one) => all.some((each) => each.body.object === one.key))
  const roleOf = (key: string) =>
    saidIn(roles.find((one) => one.key === key)?.label ?? key, language)
  return (
    <div className="people-page face-page">
      <Top title={title}>
        <Button look="main" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
          {say("faces.new")}
        </Button>
      </Top>
      {objects.length === 0 ? (
        <Empty title={say("faces.none")} hint={hint}>
          <Button look="main" onClick={() => setMaking(true)}>
            {say("faces.new")}
          </Button>
        </Empty>
      ) : (
        <div className="lines-box">
          <table className="lines">
            <thead>
              <tr>
                <th>{say("faces.label")}</th>
                <th>{say("faces.object")}</th>
                <th>{say("faces.about")}</th>
                <th>{say("faces.roles")}</th>
                <th>{say("faces.app")}</th>
              </tr>
            </thead>
            <tbody>
              {objects.flatMap((object) =>
                all
                  .filter((one) => one.body.object === object.key)
                  .map((one) => (
                    <tr key={one.key}>
                      <th scope="row">
                        <Link to={`/workshop/${home}/${one.key}` as string} className="lines-open">
                          {saidIn(one.body.label, language)}
                        </Link>
                      </th>
                      <td>
                        <span className="face-object">
                          <ObjectIcon name={object.icon} size={14} /> {object.label}
                        </span>
                      </td>
                      <td>{about(one.body)}</td>
                      <td>
                        <span className="chips">
                          {one.body.roles?.length ? (
                            one.body.roles.map((role) => <Chip key={role} word={roleOf(role)} />)
                          ) : (
                            <span className="soft">{say("faces.everybody")}</span>
                          )}
                        </span>
                      </td>
                      <td className="soft">{one.app ?? ""}</td>
                    </tr>
                  )),
              )}
            </tbody>
          </table>
        </div>
      )}
      {making && (
        <NewFace
          title={say("faces.new.of", { what: title })}
          taken={all.map((one) => one.key)}
          onClose={() => setMaking(false)}
          onMade={(object, key, label) => {
            begin(start(object, key, label))
            void go({ to: `/workshop/${home}/${key}` as string })
          }}
        />
      )}
    </div>
  )
}

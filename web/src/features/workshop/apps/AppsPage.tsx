import { useQueries } from "@tanstack/react-query"
import { Download } from "lucide-react"
import { configuration, type Stored } from "../../../data/configuration"
import { useLanguage } from "../../../data/preferences"
import type { Said } from "../../../kernel/design/object"
import { saidIn } from "../../../kernel/design/object"
import { moment } from "../../../kernel/format"
import type { Word } from "../../../kernel/words/zh"
import { ObjectIcon } from "../../../ui/icons"
import { Bones, Trouble } from "../../../ui/states"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import "../planning/planning.css"
import { FromFile } from "./FromFile"
import "./apps.css"

const KINDS = ["app", "object", "view", "form", "page", "role", "match", "quality"]

interface Body {
  kind: string
  key: string
  label?: Said
  version?: string
}

/** The installed apps and one's own configuration: taken along as a file, or applied from one. */
export function AppsPage() {
  const say = useWords()
  const found = useQueries({ queries: KINDS.map((kind) => configuration.list<Body>(kind)) })
  const error = found.find((one) => one.error && !one.data)?.error
  const ready = found.every((one) => one.data)
  const all = found.flatMap((one) => one.data ?? [])
  const apps = all.filter((one) => one.kind === "app")
  const own = all.filter((one) => one.app === null)
  return (
    <div className="workshop-page">
      <Top title={say("apps.title")}>
        <a className="button button-plain" href="/api/v1/config/export.yaml" download>
          <Download size={16} aria-hidden="true" />
          <span className="clip">{say("apps.export.all")}</span>
        </a>
      </Top>
      <div className="apps">
        {error && <Trouble error={error} />}
        {!ready && !error && <Bones lines={6} height={20} gap={16} />}
        {ready && (
          <>
            <h2>{say("apps.installed")}</h2>
            <ul className="apps-list">
              {apps.map((one) => (
                <App key={one.key} app={one} parts={all.filter((each) => each.app === one.key)} />
              ))}
              <li className="apps-one">
                <ObjectIcon name="sliders" size={20} />
                <div>
                  <strong>{say("apps.own")}</strong>
                  <Counts parts={own} />
                </div>
              </li>
            </ul>
            <h2>{say("apps.file")}</h2>
            <FromFile there={all} />
          </>
        )}
      </div>
    </div>
  )
}

function App({ app, parts }: { app: Stored<Body>; parts: Stored<Body>[] }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <li className="apps-one">
      <ObjectIcon name="package" size={20} />
      <div>
        <strong>{saidIn(app.body.label, language) || app.key}</strong>{" "}
        <span className="soft">{say("apps.version", { version: app.body.version ?? "1" })}</span>
        <Counts parts={parts} />
      </div>
      <span className="soft apps-when">{moment(app.updated_at, language, new Date())}</span>
      <a
        className="button button-plain button-small"
        href={`/api/v1/config/export.yaml?app=${app.key}`}
        download
      >
        <Download size={14} aria-hidden="true" />
        <span className="clip">{say("do.export")}</span>
      </a>
    </li>
  )
}

/** How many documents of each kind. */
function Counts({ parts }: { parts: Stored<Body>[] }) {
  const say = useWords()
  const counted = KINDS.filter((kind) => kind !== "app")
    .map((kind) => ({ kind, n: parts.filter((one) => one.kind === kind).length }))
    .filter((one) => one.n > 0)
    .map((one) => `${one.n} ${say(`kind.${one.kind}` as Word)}`)
  return <p className="soft">{counted.join(" · ") || say("apps.nothing")}</p>
}

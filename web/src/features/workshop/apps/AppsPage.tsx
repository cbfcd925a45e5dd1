import { useQueries, useQuery } from "@tanstack/react-query"
import { Download } from "lucide-react"
import { useState } from "react"
import {
  applied,
  configuration,
  type Plan,
  planned,
  type Stored,
} from "../../../data/configuration"
import { useLanguage } from "../../../data/preferences"
import type { Said } from "../../../kernel/design/object"
import { saidIn } from "../../../kernel/design/object"
import { moment } from "../../../kernel/format"
import type { Word } from "../../../kernel/words/zh"
import { Button } from "../../../ui/button"
import { ObjectIcon } from "../../../ui/icons"
import { Bones, Trouble } from "../../../ui/states"
import { tell, tellFault } from "../../../ui/toast"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import "../planning/planning.css"
import { PlanDialog } from "../planning/PlanDialog"
import { installApp, planApp, apps as recipes, type Shipped } from "./api"
import { FromFile } from "./FromFile"
import { KeptData } from "./Kept"
import "./apps.css"

const KINDS = ["app", "object", "view", "form", "page", "role", "match", "quality", "security"]

/** What is about to be done with an app, and what that does. */
interface Intent {
  title: string
  done: string
  plan: Plan
  run: (confirm: string[]) => Promise<unknown>
}

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
  const shipped = useQuery(recipes.shipped())
  const [intent, setIntent] = useState<Intent>()
  const missing = shipped.data?.filter((one) => one.installed === null) ?? []

  function bring(one: Shipped) {
    const how = one.installed === null ? "install" : "update"
    const told = { name: one.label }
    void planApp(one.key).then(
      (plan) =>
        setIntent({
          title: say(`apps.${how}.plan`, told),
          done: say(`apps.${how}.done`, told),
          plan,
          run: (confirm) => installApp(one.key, confirm),
        }),
      tellFault,
    )
  }
  function remove(key: string, name: string) {
    const wish = {
      remove: all.filter((one) => one.app === key).map(({ kind, key }) => ({ kind, key })),
    }
    void planned(wish).then(
      (plan) =>
        setIntent({
          title: say("apps.remove.plan", { name }),
          done: say("apps.remove.done", { name }),
          plan,
          run: (confirm) => applied(wish, confirm),
        }),
      tellFault,
    )
  }
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
                <App
                  key={one.key}
                  app={one}
                  parts={all.filter((each) => each.app === one.key)}
                  newer={shipped.data?.find((each) => each.key === one.key && each.waits)}
                  onUpdate={bring}
                  onRemove={remove}
                />
              ))}
              {missing.map((one) => (
                <li key={one.key} className="apps-one">
                  <ObjectIcon name="package" size={20} />
                  <div>
                    <strong>{one.label}</strong>{" "}
                    <span className="soft">{say("apps.version", { version: one.version })}</span>
                    <p className="soft">{say("apps.missing")}</p>
                  </div>
                  <Button small look="main" onClick={() => bring(one)}>
                    {say("apps.install")}
                  </Button>
                </li>
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
            <h2>{say("apps.kept")}</h2>
            <KeptData />
          </>
        )}
      </div>
      {intent && (
        <PlanDialog
          {...intent}
          onDone={() => {
            setIntent(undefined)
            tell(intent.done)
          }}
          onClose={() => setIntent(undefined)}
        />
      )}
    </div>
  )
}

interface AppProps {
  app: Stored<Body>
  parts: Stored<Body>[]
  /** What came along and is not installed yet. */
  newer: Shipped | undefined
  onUpdate: (app: Shipped) => void
  onRemove: (key: string, name: string) => void
}

function App({ app, parts, newer, onUpdate, onRemove }: AppProps) {
  const say = useWords()
  const language = useLanguage()
  const name = saidIn(app.body.label, language) || app.key
  return (
    <li className="apps-one">
      <ObjectIcon name="package" size={20} />
      <div>
        <strong>{name}</strong>{" "}
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
      {newer && (
        <Button small look="main" onClick={() => onUpdate(newer)}>
          {say("apps.update")}
        </Button>
      )}
      <Button small look="danger" onClick={() => onRemove(app.key, name)}>
        {say("apps.remove")}
      </Button>
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

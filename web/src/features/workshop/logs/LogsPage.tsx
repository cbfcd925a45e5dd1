import { useInfiniteQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { ShieldCheck } from "lucide-react"
import { useDeferredValue, useState } from "react"
import { LOGS, logs } from "../../../data/logs"
import { Button } from "../../../ui/button"
import { Menu } from "../../../ui/float"
import { More } from "../../../ui/more"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { Tabs } from "../../../ui/tabs"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { Entries } from "./Entries"
import { LogFilters } from "./LogFilters"
import { filterOf, type LogsSearch } from "./search"
import { Verify } from "./Verify"
import "./logs.css"

/** The three logs: found, verified, taken away. */
export function LogsPage() {
  const say = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: "/inside/workshop/logs" })
  const [verifying, setVerifying] = useState(false)
  const log = search.log ?? "operations"
  const filter = filterOf(useDeferredValue(search))
  const found = useInfiniteQuery(logs.pages(log, filter))
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  const go = (change: Partial<LogsSearch>) =>
    void navigate({ to: "/workshop/logs", search: { ...search, ...change }, replace: true })
  function fetchFile(format: "csv" | "xlsx") {
    const asked = Object.entries({ ...filterOf(search), format }).filter(([, one]) => one)
    location.assign(`/api/v1/logs/${log}/export?${new URLSearchParams(asked as string[][])}`)
  }
  return (
    <div className="logs-page">
      <Top title={say("logs.title")}>
        <Menu
          trigger={<Button>{say("do.export")}</Button>}
          items={(["csv", "xlsx"] as const).map((one) => ({
            label: one.toUpperCase(),
            run: () => fetchFile(one),
          }))}
        />
        <Button icon={<ShieldCheck size={15} />} onClick={() => setVerifying(true)}>
          {say("logs.verify")}
        </Button>
      </Top>
      <Tabs
        label={say("logs.title")}
        tabs={LOGS.map((key) => ({ key, label: say(`logs.${key}`) }))}
        current={log}
        onChange={(key) => void navigate({ to: "/workshop/logs", search: { log: key } })}
      />
      <LogFilters log={log} search={search} onChange={go} />
      <div className="logs-body">
        {found.isError ? (
          <Trouble error={found.error} retry={() => void found.refetch()} />
        ) : found.isPending ? (
          <div style={{ padding: 20 }}>
            <Bones lines={10} gap={20} />
          </div>
        ) : items.length === 0 ? (
          <Empty title={say("logs.none")} />
        ) : (
          <Entries log={log} items={items} />
        )}
        <More of={found} />
      </div>
      {verifying && <Verify onClose={() => setVerifying(false)} />}
    </div>
  )
}

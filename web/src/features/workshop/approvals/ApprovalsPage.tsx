import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { approvals, type WaitingExport } from "../../../data/logs"
import { useLanguage } from "../../../data/preferences"
import { catalog } from "../../../data/recipes"
import { moment } from "../../../kernel/format"
import { More } from "../../../ui/more"
import "../../../ui/account/account.css"
import { Button } from "../../../ui/button"
import { PersonTag } from "../../../ui/chip"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Labelled } from "../../../ui/labelled"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { tell } from "../../../ui/toast"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import "./approvals.css"

/** What others want to take out of the house, and wait to be allowed. */
export function ApprovalsPage() {
  const say = useWords()
  const found = useInfiniteQuery(approvals.pages())
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  return (
    <div className="approvals">
      <Top title={say("approvals.title")} />
      <div className="approvals-body">
        {found.isError ? (
          <Trouble error={found.error} retry={() => void found.refetch()} />
        ) : found.isPending ? (
          <Bones lines={4} gap={24} />
        ) : items.length === 0 ? (
          <Empty title={say("approvals.none")} hint={say("approvals.none.hint")} />
        ) : (
          <ul>
            {items.map((one) => (
              <Waiting key={one.id} wanted={one} />
            ))}
          </ul>
        )}
        <More of={found} />
      </div>
    </div>
  )
}

function Waiting({ wanted }: { wanted: WaitingExport }) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const { data: known } = useQuery(catalog())
  const [reason, setReason] = useState("")
  const decide = useDeed(async (verdict: "approve" | "refuse") => {
    const body = { reason }
    if (verdict === "approve") await ask("POST", `/exports/${wanted.id}/approve`, { body })
    else await ask("POST", `/exports/${wanted.id}/refuse`, { body })
    await client.invalidateQueries({ queryKey: approvals.pages().queryKey })
    tell(say(verdict === "approve" ? "approvals.approved" : "approvals.refused"))
  })
  const object = known?.object(wanted.object)?.label ?? wanted.object
  return (
    <li className="approval">
      <div>
        <p>
          <PersonTag name={wanted.user.name} /> <strong>{object}</strong>{" "}
          {wanted.format.toUpperCase()} ·{" "}
          {wanted.expected !== null && say("list.count", { n: wanted.expected })}
        </p>
        <p className="soft">
          {moment(wanted.created_at, language, new Date())}
          {wanted.reason && ` · “${wanted.reason}”`}
        </p>
        {wanted.query.where && (
          <p>
            <span className="soft">{say("approvals.where")}</span>{" "}
            <code>{texted(wanted.query.where)}</code>
          </p>
        )}
        {wanted.query.select && (
          <p className="soft">
            {say("approvals.columns")} {wanted.query.select.join("、")}
          </p>
        )}
      </div>
      <div className="stack">
        <DeedFault fault={decide.fault} />
        <Labelled label={say("approvals.reason")}>
          {({ id }) => (
            <input
              id={id}
              className="input"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <div className="stack-actions">
          <Button look="main" disabled={decide.busy} onClick={() => void decide.run("approve")}>
            {say("approvals.approve")}
          </Button>
          <Button look="danger" disabled={decide.busy} onClick={() => void decide.run("refuse")}>
            {say("approvals.refuse")}
          </Button>
        </div>
      </div>
    </li>
  )
}

/** A condition as text; as a tree it is shown as it came. */
function texted(where: unknown): string {
  return typeof where === "string" ? where : JSON.stringify(where)
}

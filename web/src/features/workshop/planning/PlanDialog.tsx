import { useMutation, useQueryClient } from "@tanstack/react-query"
import { TriangleAlert } from "lucide-react"
import { type ReactNode, useState } from "react"
import type { Plan, PlanStep } from "../../../data/configuration"
import { Fault } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import type { Word } from "../../../kernel/words/zh"
import { Button } from "../../../ui/button"
import { Dialog } from "../../../ui/dialog"
import { useWords } from "../../../ui/words"
import "./planning.css"

interface Props {
  plan: Plan
  title: string
  /** Runs the plan; the steps that lose something are named. */
  run: (confirm: string[]) => Promise<unknown>
  onDone: () => void
  onClose: () => void
}

/** What would happen, step by step, before it happens; what loses something is confirmed apart. */
export function PlanDialog({ plan, title, run, onDone, onClose }: Props) {
  const say = useWords()
  const client = useQueryClient()
  const [sure, setSure] = useState(false)
  const lossy = plan.steps.filter((one) => one.lossy)
  const doing = useMutation({
    mutationFn: () => run(lossy.map((one) => one.id)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["configuration"] })
      onDone()
      void client.invalidateQueries()
    },
  })
  const nothing = plan.documents.length === 0
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          {doing.error && <Refused error={doing.error} />}
          <span className="plan-gap" />
          <Button onClick={onClose}>{say(nothing ? "do.close" : "do.cancel")}</Button>
          {!nothing && (
            <Button
              look={lossy.length ? "danger" : "main"}
              disabled={doing.isPending || (lossy.length > 0 && !sure)}
              onClick={() => doing.mutate()}
            >
              {doing.isPending ? say("plan.busy") : say("plan.run")}
            </Button>
          )}
        </>
      }
    >
      <PlanSteps plan={plan} />
      {lossy.length > 0 && (
        <label className="plan-sure">
          <input
            type="checkbox"
            checked={sure}
            onChange={(event) => setSure(event.target.checked)}
          />
          <span>{say("plan.sure", { n: lossy.reduce((sum, one) => sum + one.lost, 0) })}</span>
        </label>
      )}
    </Dialog>
  )
}

function Refused({ error }: { error: unknown }): ReactNode {
  const say = useWords()
  const stale = error instanceof Fault && error.status === 412
  const says = error instanceof Fault ? error.says : String(error)
  return (
    <p className="plan-refused" role="alert">
      {stale ? say("plan.stale") : says}
    </p>
  )
}

/** The steps of a plan alone. */
export function PlanSteps({ plan }: { plan: Plan }) {
  const say = useWords()
  const clashes = plan.documents.flatMap((one) => one.clashes)
  if (plan.documents.length === 0) return <p className="soft">{say("plan.nothing")}</p>
  return (
    <div className="plan">
      <p className="soft">
        {plan.documents
          .map(
            (one) =>
              `${say(`plan.${one.change}`)} ${say(`kind.${one.kind}` as Word) ?? one.kind} ${one.key}`,
          )
          .slice(0, 12)
          .join(" · ")}
        {plan.documents.length > 12 && ` … ${plan.documents.length}`}
      </p>
      {clashes.length > 0 && (
        <p className="plan-clash">{say("plan.clashes", { list: clashes.join("、") })}</p>
      )}
      {plan.steps.length === 0 && <p>{say("plan.no_steps")}</p>}
      <ol className="plan-steps">
        {plan.steps.map((one) => (
          <Step key={one.id} step={one} />
        ))}
      </ol>
    </div>
  )
}

function Step({ step }: { step: PlanStep }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <li className="plan-step" data-lossy={step.lossy || undefined}>
      <div className="plan-says">
        {step.lossy && <TriangleAlert size={16} aria-hidden="true" />}
        <span>{(language === "en" && step.says.en) || step.says.zh}</span>
        <span className="plan-rows">
          {step.rows > 0 ? say("plan.rows", { n: step.rows }) : say("plan.rows.none")}
        </span>
      </div>
      {step.lossy && (
        <p className="plan-lost">
          {say(step.reversible ? "plan.lost.back" : "plan.lost", { n: step.lost })}
          {step.examples.length > 0 &&
            ` ${say("plan.examples", { list: step.examples.slice(0, 5).map(example).join("、") })}`}
        </p>
      )}
    </li>
  )
}

function example(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value)
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { type User, users } from "../../../data/people"
import { Button } from "../../../ui/button"
import { DeedFault, useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { type Handover, handovers, type Preview, type Survey } from "./api"
import "./handover.css"
import { type Draft, drafted, planned, unfinished } from "./model"
import { PlanStep } from "./PlanStep"
import { PreviewStep } from "./PreviewStep"
import { Progress } from "./Progress"

/** Somebody leaves, or gives things away: what there is, to whom it goes, a look, and the deed. */
export function HandoverWizard({ id, onClose }: { id: string; onClose: () => void }) {
  const say = useWords()
  const person = useQuery(users.one(id))
  const survey = useQuery(handovers.survey(id))
  const trouble = person.error ?? survey.error
  if (person.data && survey.data)
    return <Steps user={person.data} survey={survey.data} onClose={onClose} />
  return (
    <Dialog look="wide" title={say("people.disable")} onClose={onClose}>
      {trouble ? <Trouble error={trouble} /> : <Bones lines={8} gap={18} />}
    </Dialog>
  )
}

function Steps({ user, survey, onClose }: { user: User; survey: Survey; onClose: () => void }) {
  const say = useWords()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => drafted(!!user.manager, user.active))
  const [preview, setPreview] = useState<Preview>()
  const [started, setStarted] = useState<string>()
  const look = useDeed(async () => {
    setPreview(
      await ask<Preview>("POST", `/users/${user.id}/handover/preview`, { body: planned(draft) }),
    )
  })
  const run = useDeed(async () => {
    const made = await ask<Handover>("POST", `/users/${user.id}/handover`, {
      body: planned(draft),
    })
    setStarted(made.id)
    await client.invalidateQueries({ queryKey: handovers.pages().queryKey })
  })
  const step = started ? 3 : preview ? 2 : 1
  const steps = ["who", "preview", "result"] as const
  return (
    <Dialog
      look="wide"
      title={say("handover.title", { name: user.label })}
      onClose={onClose}
      foot={
        started ? (
          <Button onClick={onClose}>{say("do.close")}</Button>
        ) : preview ? (
          <>
            <Button
              onClick={() => {
                run.clear()
                setPreview(undefined)
              }}
            >
              {say("handover.back")}
            </Button>
            {!(draft.disable && preview.left > 0) && (
              <Button look="main" disabled={run.busy} onClick={() => void run.run()}>
                {say("handover.run")}
              </Button>
            )}
          </>
        ) : (
          <>
            <Button onClick={onClose}>{say("do.cancel")}</Button>
            <Button
              look="main"
              disabled={look.busy || unfinished(draft)}
              onClick={() => void look.run()}
            >
              {say("handover.look")}
            </Button>
          </>
        )
      }
    >
      <div className="people-form">
        <ol className="handover-steps">
          {steps.map((one, at) => (
            <li key={one} aria-current={at + 1 === step ? "step" : undefined}>
              {at + 1}. {say(`handover.step.${one}`)}
            </li>
          ))}
        </ol>
        {started ? (
          <Progress id={started} />
        ) : preview ? (
          <>
            <DeedFault fault={run.fault} />
            <PreviewStep preview={preview} draft={draft} />
          </>
        ) : (
          <>
            <DeedFault fault={look.fault} />
            <PlanStep survey={survey} draft={draft} onChange={setDraft} />
          </>
        )}
      </div>
    </Dialog>
  )
}

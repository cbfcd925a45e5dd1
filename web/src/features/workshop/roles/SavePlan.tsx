import { useQuery, useQueryClient } from "@tanstack/react-query"
import { ask } from "../../../data/client"
import { Fault } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { Button } from "../../../ui/button"
import { useDeed } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Bones } from "../../../ui/states"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { type Plan, rolesChanged, type StoredRole } from "./api"
import { Differences } from "./Differences"
import { differences, type RoleDoc } from "./model"
import type { Naming } from "./words"

/** What saving would do, before it is done. */
export function SavePlan({
  stored,
  role,
  naming,
  onClose,
  onSaved,
}: {
  stored: StoredRole
  role: RoleDoc
  naming: Naming
  onClose: () => void
  onSaved: () => void
}) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const plan = useQuery({
    queryKey: ["config", "plan", role],
    queryFn: ({ signal }) =>
      ask<Plan>("POST", "/config/plan", { body: { documents: [role] }, signal }),
    retry: false,
    staleTime: 0,
  })
  const deed = useDeed(async () => {
    const confirm = plan.data?.steps
      .filter((one) => one.lossy)
      .map((one) => one.id)
      .join(",")
    await ask("PUT", `/config/role/${stored.key}`, {
      body: role,
      query: { confirm },
      version: stored.version,
    })
    tell(say("roles.saved"))
    await rolesChanged(client)
    onSaved()
  })
  const fault = deed.fault ?? (plan.error instanceof Fault ? plan.error : undefined)
  return (
    <Dialog
      title={say("roles.plan")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          {plan.data && (
            <Button look="main" disabled={deed.busy} onClick={() => void deed.run()}>
              {say("roles.plan.apply")}
            </Button>
          )}
        </>
      }
    >
      <div className="roles-form">
        {fault && <Wrong fault={fault} />}
        {plan.isPending && <Bones lines={3} gap={14} />}
        <Differences found={differences(stored.body, role)} naming={naming} />
        {plan.data && (
          <p className="soft">
            {plan.data.steps.length > 0
              ? say("roles.plan.says", { n: plan.data.steps.length })
              : say("roles.plan.nothing")}
            {plan.data.steps.map((one) => (
              <span key={one.id} className="plan-step" data-lossy={one.lossy}>
                {one.says[language]}
              </span>
            ))}
          </p>
        )}
      </div>
    </Dialog>
  )
}

/** Every problem with its place in the document. */
export function Wrong({ fault }: { fault: Fault }) {
  const lines =
    fault.errors.length > 0
      ? fault.errors
      : [{ path: "", code: "", message: fault.says, hint: fault.hint }]
  return (
    <div className="deed-fault" role="alert">
      {lines.map((one) => (
        <p key={one.path + one.message}>
          {one.path && <code>{one.path}</code>} {one.message}{" "}
          {one.hint && <span className="soft">{one.hint}</span>}
        </p>
      ))}
    </div>
  )
}

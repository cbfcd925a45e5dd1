import { useMutation } from "@tanstack/react-query"
import { Upload } from "lucide-react"
import { useState } from "react"
import { applied, type Plan, planned, readFile, type Stored } from "../../../data/configuration"
import { Fault } from "../../../data/fault"
import { differences } from "../../../kernel/design/compare"
import type { Document } from "../../../kernel/design/object"
import { type Placed, placed } from "../../../kernel/design/problems"
import type { Word } from "../../../kernel/words/zh"
import { Button } from "../../../ui/button"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { Differences } from "../planning/Differences"
import { PlanDialog } from "../planning/PlanDialog"
import { Problems } from "../planning/Problems"

interface Read {
  name: string
  documents: Document[]
  plan: Plan
}

/** A configuration file laid beside what is there: what is different, and what applying it does. */
export function FromFile({ there }: { there: readonly Stored<unknown>[] }) {
  const say = useWords()
  const [read, setRead] = useState<Read>()
  const [problems, setProblems] = useState<Placed[]>([])
  const [applying, setApplying] = useState(false)
  const reading = useMutation({
    mutationFn: async (file: File): Promise<Read> => {
      const { documents } = await readFile(await file.text(), file.name)
      return { name: file.name, documents, plan: await planned({ documents }) }
    },
    onMutate: () => {
      setProblems([])
      setRead(undefined)
    },
    onSuccess: setRead,
    onError: (error) => {
      if (error instanceof Fault && error.errors.length) setProblems(error.errors.map(placed))
      else tellFault(error)
    },
  })
  return (
    <section className="apps-file" aria-label={say("apps.file")}>
      <p className="soft">{say("apps.file.hint")}</p>
      <label className="button button-plain apps-pick">
        <Upload size={16} aria-hidden="true" />
        <span>{reading.isPending ? say("plan.asking") : say("apps.file.pick")}</span>
        <input
          type="file"
          className="unseen"
          accept=".yaml,.yml"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ""
            if (file) reading.mutate(file)
          }}
        />
      </label>
      <Problems problems={problems} where={(one) => one.path} />
      {read && (
        <>
          <h3>{read.name}</h3>
          {read.plan.documents.length === 0 && (
            <p>{say("apps.same", { n: read.documents.length })}</p>
          )}
          <ul className="apps-changes">
            {read.plan.documents.map((one) => (
              <Change
                key={`${one.kind} ${one.key}`}
                change={one}
                before={there.find((each) => each.kind === one.kind && each.key === one.key)?.body}
                after={read.documents.find(
                  (each) => each.kind === one.kind && each.key === one.key,
                )}
              />
            ))}
          </ul>
          {read.plan.documents.length > 0 && (
            <Button look="main" onClick={() => setApplying(true)}>
              {say("apps.apply")}
            </Button>
          )}
        </>
      )}
      {read && applying && (
        <PlanDialog
          plan={read.plan}
          title={say("apps.plan", { name: read.name })}
          run={(confirm) => applied({ documents: read.documents }, confirm)}
          onDone={() => {
            setApplying(false)
            setRead(undefined)
            tell(say("apps.applied", { name: read.name }))
          }}
          onClose={() => setApplying(false)}
        />
      )}
    </section>
  )
}

interface ChangeProps {
  change: Plan["documents"][number]
  before: unknown
  after: Document | undefined
}

function Change({ change, before, after }: ChangeProps) {
  const say = useWords()
  const found = before && after ? differences(before as Document, after) : []
  return (
    <li>
      <details>
        <summary>
          <span className="apps-how" data-how={change.change}>
            {say(`plan.${change.change}`)}
          </span>{" "}
          {say(`kind.${change.kind}` as Word) ?? change.kind} <code>{change.key}</code>{" "}
          {found.length > 0 && (
            <span className="soft">{say("versions.changes", { n: found.length })}</span>
          )}
        </summary>
        {found.length > 0 && <Differences list={found} />}
      </details>
    </li>
  )
}

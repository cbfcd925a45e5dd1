import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { useState } from "react"
import { catalog } from "../../data/recipes"
import type { ObjectMeta } from "../../kernel/meta"
import { Bones, Empty, Trouble } from "../../ui/states"
import { tellFault } from "../../ui/toast"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"
import { ahead, amend, type Begun, type Draft, imports, rehearse, start, upload } from "./api"
import { FileStep } from "./parts/FileStep"
import { MappingStep } from "./parts/MappingStep"
import { RehearsalStep } from "./parts/RehearsalStep"
import { ResultStep } from "./parts/ResultStep"
import "./importing.css"

type State =
  | { at: "file"; busy: boolean }
  | { at: "mapping"; draft: Draft; busy: boolean }
  | { at: "rehearsal"; draft: Draft; round: number; busy: boolean }
  | { at: "result"; id: string }

const STEPS = ["file", "mapping", "rehearsal", "result"] as const

/** A file becomes records, in four steps: file, mapping, rehearsal, result. */
export function ImportPage() {
  const say = useWords()
  const { object: key } = useParams({ from: "/inside/desk/$object/import" })
  const { run = "" } = useSearch({ from: "/inside/desk/$object/import" })
  const { data: known } = useSuspenseQuery(catalog())
  // What the address named when the page was opened; later it follows the page.
  const [opened] = useState(run)
  const begun = useQuery({ ...imports.begun(opened), enabled: opened !== "" })
  const object = known.object(key)
  if (!object?.may.import) return <Empty title={say("record.missing")} />
  if (begun.error) return <Trouble error={begun.error} retry={() => void begun.refetch()} />
  if (opened !== "" && !begun.data)
    return (
      <div className="import-body">
        <Bones lines={8} height={28} />
      </div>
    )
  return <Steps object={object} begun={begun.data} />
}

function firstState(begun: Begun | undefined): State {
  if (!begun) return { at: "file", busy: false }
  return begun.draft
    ? { at: "mapping", draft: begun.draft, busy: false }
    : { at: "result", id: begun.id }
}

function Steps({ object, begun }: { object: ObjectMeta; begun: Begun | undefined }) {
  const say = useWords()
  const navigate = useNavigate({ from: "/desk/$object/import" })
  const [state, setState] = useState<State>(() => firstState(begun))

  /** Goes on with what the server answers; whatever it refuses leaves all as it was. */
  function go<Answer>(busy: State, asked: Promise<Answer>, next: (answer: Answer) => State) {
    const before = state
    setState(busy)
    asked.then(
      (answer) => setState(next(answer)),
      (error: unknown) => {
        setState(before)
        tellFault(error)
      },
    )
  }
  const mapping = (draft: Draft): State => ({ at: "mapping", draft, busy: false })
  const uploaded = (draft: Draft): State => {
    void navigate({ search: { run: draft.id }, replace: true })
    return mapping(draft)
  }
  return (
    <section className="import" aria-label={say("import.title", { object: object.plural })}>
      <Top title={say("import.title", { object: object.plural })} />
      <ol className="import-steps">
        {STEPS.map((one, at) => (
          <li
            key={one}
            aria-current={state.at === one ? "step" : undefined}
            data-past={STEPS.indexOf(state.at) > at || undefined}
          >
            <span className="import-number">{at + 1}</span> {say(`import.${one}`)}
          </li>
        ))}
      </ol>
      <div className="import-body">
        {state.at === "file" && (
          <FileStep
            object={object}
            busy={state.busy}
            onFile={(file) => go({ at: "file", busy: true }, upload(object.key, file), uploaded)}
          />
        )}
        {state.at === "mapping" && (
          <MappingStep
            object={object}
            draft={state.draft}
            busy={state.busy}
            onFile={() => {
              void navigate({ search: {}, replace: true })
              setState({ at: "file", busy: false })
            }}
            onChange={(change) =>
              go(
                { ...state, draft: ahead(state.draft, change), busy: true },
                amend(state.draft.id, change),
                mapping,
              )
            }
            onNext={() =>
              go({ ...state, busy: true }, rehearse(state.draft.id), () => ({
                at: "rehearsal",
                draft: state.draft,
                round: Date.now(),
                busy: false,
              }))
            }
          />
        )}
        {state.at === "rehearsal" && (
          <RehearsalStep
            object={object}
            draft={state.draft}
            round={state.round}
            busy={state.busy}
            onBack={() => setState(mapping(state.draft))}
            onStart={() =>
              go({ ...state, busy: true }, start(state.draft.id), () => ({
                at: "result",
                id: state.draft.id,
              }))
            }
          />
        )}
        {state.at === "result" && <ResultStep object={object} id={state.id} />}
      </div>
    </section>
  )
}

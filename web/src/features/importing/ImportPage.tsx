import { useSuspenseQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useState } from "react"
import { catalog } from "../../data/recipes"
import { Empty } from "../../ui/states"
import { tellFault } from "../../ui/toast"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"
import { amend, type Draft, rehearse, start, upload } from "./api"
import { FileStep } from "./parts/FileStep"
import { MappingStep } from "./parts/MappingStep"
import { RehearsalStep } from "./parts/RehearsalStep"
import { ResultStep } from "./parts/ResultStep"
import "./importing.css"

type State =
  | { at: "file"; busy: boolean }
  | { at: "mapping"; draft: Draft; busy: boolean }
  | { at: "rehearsal"; draft: Draft; round: number; busy: boolean }
  | { at: "result"; draft: Draft }

const STEPS = ["file", "mapping", "rehearsal", "result"] as const

/** A file becomes records, in four steps: file, mapping, rehearsal, result. */
export function ImportPage() {
  const say = useWords()
  const { object: key } = useParams({ from: "/inside/desk/$object/import" })
  const { data: known } = useSuspenseQuery(catalog())
  const [state, setState] = useState<State>({ at: "file", busy: false })
  const object = known.object(key)
  if (!object?.may.import) return <Empty title={say("record.missing")} />

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
            onFile={(file) => go({ at: "file", busy: true }, upload(key, file), mapping)}
          />
        )}
        {state.at === "mapping" && (
          <MappingStep
            object={object}
            draft={state.draft}
            busy={state.busy}
            onChange={(change) =>
              go({ ...state, busy: true }, amend(state.draft.id, change), mapping)
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
                draft: state.draft,
              }))
            }
          />
        )}
        {state.at === "result" && <ResultStep object={object} draft={state.draft} />}
      </div>
    </section>
  )
}

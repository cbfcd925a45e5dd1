import { useEffect, useState } from "react"
import { Fault } from "../../data/fault"
import { dress, keep, useLanguage } from "../../data/preferences"
import { type Opened, opened } from "./api"
import { Filling } from "./Filling"
import "./visitor.css"
import { useSay } from "./words"

type State =
  | { at: "opening" }
  | { at: "closed"; fault: Fault }
  | { at: "filling"; form: Opened; round: number }
  | { at: "sent"; form: Opened; round: number }

/** The page of a public form: nothing of the app, only what is to be filled in. */
export function VisitorPage({ workspace, address }: { workspace: string; address: string }) {
  const say = useSay()
  const language = useLanguage()
  const [state, setState] = useState<State>({ at: "opening" })
  const [tries, setTries] = useState(0)
  // The server, which tells the form in the language of the page; what was filled in stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it speaks the language, and is asked anew at each try
  useEffect(() => {
    let gone = false
    dress()
    opened({ workspace, address }).then(
      (form) => {
        if (gone) return
        document.title = form.form.label
        setState((now) =>
          now.at === "filling" || now.at === "sent"
            ? { ...now, form }
            : { at: "filling", form, round: 0 },
        )
      },
      (error: unknown) => {
        if (gone) return
        const fault = error instanceof Fault ? error : new Fault(0, { detail: String(error) })
        setState((now) => (now.at === "opening" ? { at: "closed", fault } : now))
      },
    )
    return () => {
      gone = true
    }
  }, [workspace, address, language, tries])
  return (
    <div className="visitor">
      <main className="visitor-paper">
        {state.at === "opening" && <Bones label={say("loading")} />}
        {state.at === "closed" && (
          <Closed
            fault={state.fault}
            retry={() => {
              setState({ at: "opening" })
              setTries(tries + 1)
            }}
          />
        )}
        {state.at === "filling" && (
          <Filling
            key={state.round}
            place={{ workspace, address }}
            form={state.form}
            onSent={() => setState({ ...state, at: "sent" })}
          />
        )}
        {state.at === "sent" && (
          <Sent
            form={state.form}
            again={() =>
              void opened({ workspace, address }).then(
                (form) => setState({ at: "filling", form, round: state.round + 1 }),
                (fault: Fault) => setState({ at: "closed", fault }),
              )
            }
          />
        )}
      </main>
      <footer className="visitor-foot">
        <button
          type="button"
          lang={language === "zh" ? "en" : "zh-CN"}
          onClick={() => keep("language", language === "zh" ? "en" : "zh")}
        >
          {say("language")}
        </button>
      </footer>
    </div>
  )
}

function Bones({ label }: { label: string }) {
  return (
    <div className="visitor-bones" role="status" aria-label={label}>
      <i />
      <i />
      <i />
      <i />
    </div>
  )
}

function Closed({ fault, retry }: { fault: Fault; retry: () => void }) {
  const say = useSay()
  const closed = fault.status === 404
  return (
    <section className="visitor-end">
      <h1>{closed ? say("closed") : fault.says}</h1>
      {closed ? (
        <p className="soft">{say("closed.hint")}</p>
      ) : (
        <button type="button" className="visitor-more" onClick={retry}>
          {say("again")}
        </button>
      )}
    </section>
  )
}

function Sent({ form, again }: { form: Opened; again: () => void }) {
  const say = useSay()
  return (
    <section className="visitor-end" role="status">
      <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" className="visitor-tick">
        <circle cx="24" cy="24" r="22" />
        <path d="m15 25 6.5 6.5L34 18" />
      </svg>
      <h1>{form.thanks || say("sent")}</h1>
      <p className="soft">{say("sent.hint")}</p>
      <button type="button" className="visitor-more" onClick={again}>
        {say("sent.more")}
      </button>
    </section>
  )
}

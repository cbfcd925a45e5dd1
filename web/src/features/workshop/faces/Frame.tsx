import { useNavigate } from "@tanstack/react-router"
import { ChevronLeft, CircleAlert, Redo2, Settings2, Trash2, Undo2 } from "lucide-react"
import { type ReactNode, useEffect, useState } from "react"
import type { Plan } from "../../../data/configuration"
import type { Complaint } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { type Said, saidIn } from "../../../kernel/design/object"
import { Button, IconButton } from "../../../ui/button"
import { Trouble } from "../../../ui/states"
import { Sure } from "../../../ui/sure"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { PlanDialog } from "../planning/PlanDialog"
import "../../../ui/top.css"
import "./faces.css"
import type { Draft, FaceDocument } from "./useDraft"

interface Props<Doc extends FaceDocument> {
  draft: Draft<Doc>
  /** Of which object it is a face, and what it is called. */
  title: [object: string, face: Said]
  /** Where the list of its kind is. */
  home: "forms" | "views" | "pages"
  /** What else stands in the bar. */
  tools?: ReactNode
  left: ReactNode
  right: ReactNode
  children: ReactNode
  where: (one: Complaint) => string
  onPick: (one: Complaint) => void
}

/** Three panes: what there is, what is drawn, what is chosen; problems below, saving above. */
export function Frame<Doc extends FaceDocument>(props: Props<Doc>) {
  const { draft, home } = props
  const say = useWords()
  const language = useLanguage()
  const go = useNavigate()
  const [plan, setPlan] = useState<Plan>()
  const [dropping, setDropping] = useState(false)
  const back = () => void go({ to: `/workshop/${home}` as string })
  // Keys are heard at the document: undo has to work wherever the eye is.
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea")
      if (!(event.ctrlKey || event.metaKey) || typing) return
      const key = event.key.toLowerCase()
      const deed = key === "z" ? (event.shiftKey ? draft.redo : draft.undo) : undefined
      const done = key === "y" ? draft.redo : deed
      if (!done) return
      event.preventDefault()
      done()
    }
    document.addEventListener("keydown", heard)
    return () => document.removeEventListener("keydown", heard)
  }, [draft.undo, draft.redo])
  return (
    <div className="drawing">
      <header className="top drawing-top">
        <IconButton label={say("do.back")} onClick={back}>
          <ChevronLeft size={18} />
        </IconButton>
        <div className="top-title clip">
          <h1 className="drawing-title">
            {props.title[0]} <span className="faint">/</span> {saidIn(props.title[1], language)}
          </h1>
        </div>
        <div className="top-actions">
          {props.tools}
          <IconButton label={say("do.undo")} disabled={!draft.undo} onClick={draft.undo}>
            <Undo2 size={16} />
          </IconButton>
          <IconButton label={say("forms.redo")} disabled={!draft.redo} onClick={draft.redo}>
            <Redo2 size={16} />
          </IconButton>
          <IconButton label={say("do.delete")} onClick={() => setDropping(true)}>
            <Trash2 size={16} />
          </IconButton>
          <Button
            look="main"
            disabled={!draft.dirty || draft.problems.length > 0}
            onClick={() => void draft.plan().then(setPlan, tellFault)}
          >
            {say("do.save")}
          </Button>
        </div>
      </header>
      <div className="drawing-panes">
        <aside className="drawing-left" aria-label={say("forms.palette")}>
          {props.left}
        </aside>
        <section className="drawing-middle" aria-label={say("forms.canvas")}>
          {props.children}
        </section>
        <aside className="drawing-right" aria-label={say("forms.properties")}>
          {props.right}
        </aside>
      </div>
      <Wrong {...props} />
      {plan && (
        <PlanDialog
          plan={plan}
          title={say("forms.saving")}
          run={draft.save}
          onDone={() => {
            setPlan(undefined)
            tell(say("forms.saved"))
          }}
          onClose={() => setPlan(undefined)}
        />
      )}
      {dropping && (
        <Sure
          title={say("forms.drop")}
          label={say("do.delete")}
          run={() => draft.drop().then(back)}
          onClose={() => setDropping(false)}
        >
          {say("forms.drop.hint")}
        </Sure>
      )}
    </div>
  )
}

/** Shows on the right what holds for the whole of it. */
export function SettingsTool({ pressed, onClick }: { pressed: boolean; onClick: () => void }) {
  const say = useWords()
  return (
    <Button look="quiet" aria-pressed={pressed} icon={<Settings2 size={15} />} onClick={onClick}>
      {say("faces.settings")}
    </Button>
  )
}

function Wrong<Doc extends FaceDocument>({ draft, where, onPick }: Props<Doc>) {
  const say = useWords()
  if (draft.error) return <Trouble error={draft.error} />
  if (draft.problems.length === 0) return null
  return (
    <section className="drawing-wrong" role="status" aria-label={say("forms.problems")}>
      <h2>
        <CircleAlert size={14} aria-hidden="true" /> {say("forms.problems")} {draft.problems.length}
      </h2>
      <ul>
        {draft.problems.map((one) => (
          <li key={`${one.path} ${one.code}`}>
            <button type="button" onClick={() => onPick(one)}>
              <strong>{where(one)}</strong> {one.message} <span className="soft">{one.hint}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

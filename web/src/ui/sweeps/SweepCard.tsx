import { useQueryClient } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useState } from "react"
import { useLanguage } from "../../data/preferences"
import { cancelSweep, sweeps, undoSweep } from "../../data/sweeps"
import { fieldOf, type ObjectMeta } from "../../kernel/meta"
import { goesBack, isOver, left, type Sweep } from "../../kernel/sweeps"
import { Button, IconButton } from "../button"
import { tellFault } from "../toast"
import { useWords } from "../words"
import { Refusals } from "./Refusals"
import "./sweeps.css"

interface Props {
  sweep: Sweep
  /** What its records are; nothing where one may see none of them any more. */
  object: ObjectMeta | undefined
  /** When it was begun, where that is not just now. */
  when?: string
  /** Puts away one that has ended; it stays among one's jobs. */
  onClose?: () => void
}

/** One job over very many records: how far it is, how fast, whom it left out, the way back. */
export function SweepCard({ sweep, object, when, onClose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const [listed, setListed] = useState(false)
  const [busy, setBusy] = useState(false)
  const over = isOver(sweep)
  const title = say(`sweep.act.${sweep.act}`, { object: object?.label ?? sweep.object })
  const fields = sweep.fields.flatMap((one) => (object && fieldOf(object, one)?.label) ?? [])
  const missed = left(sweep)

  async function act(deed: (id: string) => Promise<unknown>) {
    setBusy(true)
    try {
      await deed(sweep.id)
    } catch (error) {
      tellFault(error)
    } finally {
      await client.invalidateQueries({ queryKey: sweeps.all })
      setBusy(false)
    }
  }
  return (
    <section className="sweep" data-state={sweep.state} aria-label={title}>
      <header className="sweep-head">
        <strong className="clip">
          {title}
          {fields.length > 0 && <span className="soft sweep-fields">{fields.join("、")}</span>}
        </strong>
        {when && <time className="faint">{when}</time>}
        {over && <span className="sweep-state">{say(`sweep.state.${sweep.state}`)}</span>}
        {over && onClose && (
          <IconButton label={say("do.close")} onClick={onClose}>
            <X size={14} />
          </IconButton>
        )}
      </header>
      {over ? <End sweep={sweep} /> : <Progress sweep={sweep} />}
      {sweep.stopped && <p className="sweep-why">{sweep.stopped[language]}</p>}
      <div className="sweep-foot">
        {missed > 0 && (
          <Button small look="quiet" onClick={() => setListed(true)}>
            {say("sweep.why", { n: missed.toLocaleString() })}
          </Button>
        )}
        {sweep.undoable && (
          <Button small disabled={busy} onClick={() => void act(undoSweep)}>
            {say("do.undo")}
          </Button>
        )}
        {(sweep.state === "waiting" || sweep.state === "running") && (
          <Button small disabled={busy} onClick={() => void act(cancelSweep)}>
            {say("sweep.cancel")}
          </Button>
        )}
      </div>
      {listed && <Refusals sweep={sweep} title={title} onClose={() => setListed(false)} />}
    </section>
  )
}

function End({ sweep }: { sweep: Sweep }) {
  const say = useWords()
  const n = (value: number) => value.toLocaleString()
  const { undone, kept, changed, unchanged, along } = sweep
  if (goesBack(sweep))
    return (
      <p className="sweep-says">
        {say("sweep.undone", { n: n(undone) })}
        {kept > 0 && say("sweep.kept", { n: n(kept) })}
      </p>
    )
  return (
    <p className="sweep-says">
      {say(`sweep.done.${sweep.act}`, { n: n(changed) })}
      {unchanged > 0 && say("sweep.same", { n: n(unchanged) })}
      {along > 0 && say("sweep.along", { n: n(along) })}
    </p>
  )
}

function Progress({ sweep }: { sweep: Sweep }) {
  const say = useWords()
  const { total, passed, rate, eta } = sweep
  const far = total === null ? "…" : `${passed.toLocaleString()} / ${total.toLocaleString()}`
  const says = say(sweep.state === "undoing" ? "sweep.undoing" : `sweep.${waitsOr(sweep)}`)
  return (
    <>
      <progress aria-label={says} max={total || 1} value={total === null ? undefined : passed} />
      <p className="sweep-says">
        {says} {far}
        {rate > 0 && passed > 0 && (
          <span> · {say("sweep.rate", { n: Math.round(rate).toLocaleString() })}</span>
        )}
        {eta !== null && passed > 0 && (
          <span> · {say("sweep.eta", { seconds: Math.ceil(eta).toLocaleString() })}</span>
        )}
      </p>
    </>
  )
}

function waitsOr(sweep: Sweep): "waiting" | "running" {
  return sweep.state === "waiting" ? "waiting" : "running"
}

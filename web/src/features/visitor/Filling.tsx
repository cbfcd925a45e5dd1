import { useId, useRef, useState } from "react"
import { type Complaint, Fault } from "../../data/fault"
import type { Draft } from "../../kernel/faces/judge"
import { type LiveSection, live, missing, sent } from "../../kernel/faces/live"
import type { Value } from "../../kernel/meta"
import { Answer } from "./Answer"
import { type Opened, type Place, send } from "./api"
import { type Enclosing, tooLarge } from "./Files"
import { useSay } from "./words"

interface Props {
  place: Place
  form: Opened
  onSent: () => void
}

/** The form itself: rules hold while it is filled in; what the server finds is said at the field. */
export function Filling({ place, form: told, onSent }: Props) {
  const say = useSay()
  const paper = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<Draft>({})
  const [files, setFiles] = useState<Record<string, File[]>>({})
  const [trap, setTrap] = useState("")
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const { form, object } = told
  const laid = live(object, form, draft, "create")
  const lacking = asked ? new Set(missing(laid)) : new Set<string>()
  const complaints = new Map((fault?.errors ?? []).map((one) => [named(one), one.message]))
  const enclosing = (key: string): Enclosing | undefined => {
    const { most = 0, megabytes = 0, kinds = {} } = told.files ?? {}
    const taken = kinds[key]
    const known = object.fields.find((one) => one.key === key)
    return (
      taken && {
        files: files[key] ?? [],
        kinds: taken,
        most: Math.min(most, Number(known?.settings.max ?? most)),
        megabytes,
        onFiles: (some) => {
          setFiles((now) => ({ ...now, [key]: some }))
          set(key, some.length > 0 ? some.map((one) => one.name) : null)
        },
      }
    )
  }
  const all = Object.values(files).reduce((sum, some) => sum + some.length, 0)
  const unfit = (key: string) => {
    const here = enclosing(key)
    if (!here?.files.length) return undefined
    if (tooLarge(here)) return say("files.large")
    const many = here.files.length > here.most || all > (told.files?.most ?? 0)
    return many ? say("files.many") : undefined
  }
  const wrong = (key: string) =>
    lacking.has(key) ? say("required") : (unfit(key) ?? complaints.get(key))
  const set = (key: string, value: Value) => {
    setDraft((now) => ({ ...now, [key]: value }))
    setFault((now) => now && without(now, key))
  }
  const elsewhere = fault?.errors.every((one) => laid.there.has(named(one))) ? undefined : fault
  const sections = [
    ...laid.sections,
    ...laid.tabs.flatMap((tab) =>
      tab.sections.map((one, at) =>
        at === 0 && !one.face.label ? { ...one, face: { ...one.face, label: tab.label } } : one,
      ),
    ),
  ]
  const showFirst = () =>
    requestAnimationFrame(() => {
      const first = paper.current?.querySelector<HTMLElement>("[data-wrong=true]")
      first?.scrollIntoView({ block: "center" })
      first?.querySelector<HTMLElement>("input, select, textarea")?.focus({ preventScroll: true })
    })
  async function submit() {
    setAsked(true)
    if (missing(laid).length > 0 || Object.keys(files).some(unfit)) return showFirst()
    setBusy(true)
    setFault(undefined)
    try {
      const values = sent(object, form, laid, draft, "create")
      const typed = Object.entries(values).filter(([key]) => !enclosing(key))
      const there = Object.entries(files).filter(([key]) => laid.there.has(key))
      await send(place, told, {
        values: Object.fromEntries(typed),
        files: Object.fromEntries(there),
        trap,
      })
      onSent()
    } catch (error) {
      setFault(error instanceof Fault ? error : new Fault(0, { detail: String(error) }))
      showFirst()
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      ref={paper}
      className="visitor-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      <h1>{form.label}</h1>
      {sections.map((one) => (
        <Part key={one.key} section={one} wrong={wrong} enclosing={enclosing} onChange={set} />
      ))}
      <label className="visitor-trap" aria-hidden="true">
        Homepage
        <input
          name="homepage"
          tabIndex={-1}
          autoComplete="off"
          value={trap}
          onChange={(event) => setTrap(event.target.value)}
        />
      </label>
      <p className="visitor-says" role="alert">
        {elsewhere?.says ?? (fault || lacking.size > 0 ? say("wrong") : "")}
      </p>
      <button type="submit" className="visitor-send" aria-disabled={busy || undefined}>
        {say(busy ? "sending" : "send")}
      </button>
    </form>
  )
}

function Part({
  section,
  wrong,
  enclosing,
  onChange,
}: {
  section: LiveSection
  wrong: (key: string) => string | undefined
  enclosing: (key: string) => Enclosing | undefined
  onChange: (key: string, value: Value) => void
}) {
  const id = useId()
  const { face, fields } = section
  if (fields.length === 0) return null
  return (
    <section className="visitor-part" aria-labelledby={face.label ? id : undefined}>
      {face.label && <h2 id={id}>{face.label}</h2>}
      {face.help && <p className="soft">{face.help}</p>}
      <div className="visitor-grid" data-columns={Math.min(2, face.columns)}>
        {fields.map((one) => (
          <Answer
            key={one.field.key}
            one={one}
            wrong={wrong(one.field.key)}
            enclosing={enclosing(one.field.key)}
            onChange={(value) => onChange(one.field.key, value)}
          />
        ))}
      </div>
    </section>
  )
}

/** The field a complaint is about: `phone[0]` is about `phone`. */
function named(one: Complaint): string {
  return one.path.split(/[.[]/)[0] ?? ""
}

/** What is typed again is not wrong any more. */
function without(fault: Fault, key: string): Fault | undefined {
  const errors = fault.errors.filter((one) => named(one) !== key)
  return errors.length > 0 ? new Fault(fault.status, { errors }) : undefined
}

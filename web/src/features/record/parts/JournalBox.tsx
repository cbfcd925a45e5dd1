import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { type KeyboardEvent, type RefObject, useState } from "react"
import { ask } from "../../../data/client"
import { type Draft, draftKept, keepDraft } from "../../../data/drafts"
import { Fault } from "../../../data/fault"
import { me, records } from "../../../data/recipes"
import { Edit } from "../../../fields/edit"
import { MentionText } from "../../../fields/mentions/MentionText"
import { keysOf } from "../../../fields/picker"
import type { FieldMeta, ObjectMeta, RelationMeta, Value } from "../../../kernel/meta"
import { fieldOf } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import "./journal.css"

type Props = Place & {
  relation: RelationMeta
  journal: ObjectMeta
  box: RefObject<HTMLTextAreaElement | null>
}

/** Beside what was said: its kind, and the next date and plan. Found by what they are, not by name. */
function asides(journal: ObjectMeta): { kind?: FieldMeta; next: FieldMeta[] } {
  const own = journal.fields.filter((one) => one.create && !one.system)
  const orderedBy = journal.order[0]?.replace("-", "")
  const dates = own.filter((one) => one.type === "datetime" && one.key !== orderedBy)
  const texts = own.filter((one) => one.kind === "text")
  return {
    kind: own.find((one) => one.kind === "option"),
    next: [...dates.slice(0, 1), ...texts.slice(0, 1)],
  }
}

/** 写跟进: always at hand; Ctrl + Enter keeps it. */
export function JournalBox({ object, record, relation, journal, box }: Props) {
  const say = useWords()
  const client = useQueryClient()
  const { data: who } = useSuspenseQuery(me())
  const place = `${journal.key}.${record.id}.${who.user.id}`
  const [draft, setDraft] = useState<Draft>(() => draftKept(place))
  const [begun, setBegun] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const { kind, next } = asides(journal)
  const title = fieldOf(journal, journal.title)
  const text = String(draft[journal.title] ?? "")
  const mentions = title?.settings.mentions ? fieldOf(journal, title.settings.mentions) : undefined
  // A kind alone is quickly chosen again.
  const told = (values: Draft) =>
    Object.entries(values).some(([key, one]) => key !== kind?.key && keysOf(one).length > 0)
  const written = told(draft)
  const area = {
    className: "journal-text",
    rows: text === "" ? 1 : 3,
    "aria-label": say("journal.write"),
    placeholder: say("journal.hint", { what: title?.label ?? journal.label }),
    value: text,
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void keep()
  }

  async function keep() {
    if (text.trim() === "" || busy) return
    setBusy(true)
    try {
      const links = sharedLinks(object, journal, relation, record)
      await ask("POST", `/records/${journal.key}`, {
        body: { ...links, ...draft, [relation.field]: record.id },
      })
      hold({})
      setFault(undefined)
      tell(say("journal.kept"))
      await Promise.all([
        client.invalidateQueries({ queryKey: records.all(object.key) }),
        client.invalidateQueries({ queryKey: records.all(journal.key) }),
      ])
    } catch (error) {
      if (error instanceof Fault) setFault(error)
    } finally {
      setBusy(false)
    }
  }
  function hold(next: Draft) {
    setDraft(next)
    keepDraft(place, told(next) ? next : null)
  }
  const set = (key: string, value: Value) => hold({ ...draft, [key]: value })
  function throwAway() {
    hold({})
    setFault(undefined)
    tell(say("journal.thrown"), { undo: () => hold(draft) })
  }

  return (
    <form
      className="journal"
      data-open={written || begun}
      onFocus={() => setBegun(true)}
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      {mentions?.create ? (
        <MentionText
          {...area}
          box={box}
          mentions={keysOf(draft[mentions.key])}
          onChange={(next, ids) => hold({ ...draft, [journal.title]: next, [mentions.key]: ids })}
          onKey={onKey}
        />
      ) : (
        <textarea
          {...area}
          ref={box}
          onChange={(event) => set(journal.title, event.target.value)}
          onKeyDown={onKey}
        />
      )}
      {kind && (
        <div className="journal-kinds" role="radiogroup" aria-label={kind.label}>
          {kind.options
            .filter((one) => !one.stopped)
            .map((one, at) => {
              const on = draft[kind.key] === undefined ? at === 0 : draft[kind.key] === one.key
              return (
                <button
                  key={one.key}
                  type="button"
                  role="radio"
                  className="journal-kind"
                  aria-checked={on}
                  onClick={() => set(kind.key, one.key)}
                >
                  {one.label}
                </button>
              )
            })}
        </div>
      )}
      <div className="journal-foot">
        {next.map((one) => (
          <div key={one.key} className="journal-aside">
            <span className="soft">{one.label}</span>
            <Edit field={one} value={draft[one.key]} onChange={(value) => set(one.key, value)} />
          </div>
        ))}
        <div className="journal-deeds">
          {written && (
            <>
              <span className="faint" title={say("entry.kept")}>
                {say("journal.draft")}
              </span>
              <Button small look="quiet" disabled={busy} onClick={throwAway}>
                {say("journal.throw")}
              </Button>
            </>
          )}
          <Button look="main" type="submit" disabled={busy || text.trim() === ""}>
            {say("journal.keep")}
          </Button>
        </div>
      </div>
      {fault && (
        <p className="journal-fault" role="alert">
          {fault.says}
        </p>
      )}
    </form>
  )
}

/** What an opportunity says to its customer is said of the customer, too: links both have are taken along. */
function sharedLinks(
  object: ObjectMeta,
  journal: ObjectMeta,
  relation: RelationMeta,
  record: Place["record"],
): Record<string, Value> {
  const shared = journal.fields.filter(
    (one) =>
      one.kind === "lookup" &&
      one.create &&
      one.key !== relation.field &&
      fieldOf(object, one.key)?.object === one.object,
  )
  return Object.fromEntries(
    shared.map((one) => [one.key, record[one.key] ?? null]).filter(([, value]) => value !== null),
  )
}

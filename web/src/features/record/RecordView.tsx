import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { Fault } from "../../data/fault"
import { catalog, records } from "../../data/recipes"
import { isoDay } from "../../kernel/format"
import { journalOf, stageOf } from "../../kernel/shape"
import { wallNow } from "../../kernel/zone"
import { useEntry } from "../../ui/entry"
import { Bones, Empty, Trouble } from "../../ui/states"
import { useWords } from "../../ui/words"
import { Columns, TopBlocks } from "./parts/Blocks"
import { Facts } from "./parts/Facts"
import { Header } from "./parts/Header"
import { JournalBox } from "./parts/JournalBox"
import { Related } from "./parts/Related"
import { StageBar } from "./parts/StageBar"
import { Then } from "./parts/Then"
import { Timeline } from "./parts/Timeline"
import "./record.css"

interface Props {
  object: string
  id: string
  /** Given in a drawer, beside a list. */
  onClose?: () => void
}

/** Everything about one record: key facts, what happened, what belongs to it. */
export function RecordView({ object: key, id, onClose }: Props) {
  const say = useWords()
  const { data: known } = useSuspenseQuery(catalog())
  const object = known.object(key)
  const shown = object?.fields.filter((one) => one.kind !== "children") ?? []
  const select = [...new Set(["id", ...shown.flatMap((one) => known.asked(one))])]
  const found = useQuery({ ...records.one(key, id, select), enabled: object !== undefined })
  const [day, setDay] = useState<string>()
  const box = useRef<HTMLTextAreaElement>(null)
  const entry = useEntry()
  // `e` and `w` anywhere on the page: the browser's keys are heard at the document.
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, dialog, [role=grid], [role=menu]")
      if (typing || onClose || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === "e" && object?.may.update && found.data)
        entry.open({ object: key, record: found.data })
      else if (event.key === "w" && box.current) box.current.focus()
      else return
      event.preventDefault()
    }
    document.addEventListener("keydown", heard)
    return () => document.removeEventListener("keydown", heard)
  })
  if (!object || (found.error instanceof Fault && found.error.status === 404))
    return <Empty title={say("record.missing")} />
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />
  const record = found.data
  if (!record) return <RecordBones />
  const journal = journalOf(known, object)
  const journalObject = journal && known.object(journal.object)
  const writes = journalObject?.may.create
  const stage = stageOf(object)
  const page = object.pages?.[0]
  const place = { object, record, known }
  return (
    <article className="record" key={id}>
      <Header
        {...place}
        onClose={onClose}
        onThen={() => setDay(isoDay(wallNow()))}
        onWrite={writes ? () => box.current?.focus() : undefined}
        journal={journalObject}
      />
      {day !== undefined ? (
        <Then {...place} day={day} select={select} onDay={setDay} />
      ) : page ? (
        <>
          <TopBlocks {...place} page={page} box={box} />
          <Columns {...place} page={page} box={box} />
        </>
      ) : (
        <>
          {stage && <StageBar {...place} stage={stage} />}
          <div className="record-body">
            <section className="record-facts" aria-label={say("record.facts")}>
              <h2>{say("record.facts")}</h2>
              <Facts {...place} />
            </section>
            <section className="record-middle" aria-label={say("record.timeline")}>
              {journal && journalObject && writes && (
                <JournalBox {...place} relation={journal} journal={journalObject} box={box} />
              )}
              <Timeline {...place} />
            </section>
            <aside className="record-side" aria-label={say("record.related")}>
              <Related {...place} without={[journal?.key]} />
            </aside>
          </div>
        </>
      )}
    </article>
  )
}

function RecordBones() {
  return (
    <div className="record" aria-busy="true">
      <div className="record-head">
        <div style={{ width: 320 }}>
          <Bones lines={2} height={18} />
        </div>
      </div>
      <div className="record-body">
        <div className="record-facts">
          <Bones lines={14} height={16} gap={20} />
        </div>
        <div className="record-middle">
          <Bones lines={8} height={44} gap={16} />
        </div>
        <div className="record-side">
          <Bones lines={6} height={28} gap={20} />
        </div>
      </div>
    </div>
  )
}

import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../data/client"
import { type Draft, draftKept, keepDraft } from "../../data/drafts"
import { Fault } from "../../data/fault"
import { catalog, records } from "../../data/recipes"
import { BesideFields } from "../../fields/beside"
import { FormBody } from "../../fields/form/FormBody"
import { FormField } from "../../fields/form/FormField"
import { formsFor, leftOut, live, missing, optionsFor, sent } from "../../kernel/faces/live"
import type { FormFace } from "../../kernel/faces/shapes"
import { linesSent } from "../../kernel/lines"
import { fieldOf, type ObjectMeta, type RecordData, type Value } from "../../kernel/meta"
import { formOf } from "../../kernel/shape"
import { Button } from "../../ui/button"
import { Dialog } from "../../ui/dialog"
import type { EntryWish } from "../../ui/entry"
import { useNarrow } from "../../ui/narrow"
import { tell } from "../../ui/toast"
import { useWords } from "../../ui/words"
import { useCheck } from "./check"
import "./entry.css"
import { Duplicates } from "./parts/Duplicates"
import { PasteBox } from "./parts/PasteBox"

interface Props {
  object: ObjectMeta
  wish: EntryWish
  onClose: () => void
  onSaved: (record: RecordData) => void
}

const FIRST = 18

/** A form for one record, new or there already: judged while it is filled in. */
export function EntryDialog({ object, wish, onClose, onSaved }: Props) {
  const say = useWords()
  const client = useQueryClient()
  const { data: objects } = useSuspenseQuery(catalog())
  const action = wish.record ? "update" : "create"
  const draftKey = wish.record || wish.given ? undefined : object.key
  const [draft, setDraft] = useState<Draft>(() => ({ ...draftKept(draftKey), ...wish.given }))
  const [names, setNames] = useState<Record<string, string | undefined>>(wish.names ?? {})
  const [state, setState] = useState<
    { at: "open" } | { at: "busy" } | { at: "refused"; fault: Fault }
  >({ at: "open" })
  const [opened, setAll] = useState<boolean>()
  const offered = formsFor(object, action, useNarrow())
  const [chosen, choose] = useState<string>()
  const form = offered.find((one) => one.key === chosen) ?? offered[0]
  const inside = useLines(object, wish.record, form)
  const record = { ...wish.record, ...inside, ...draft }
  const laid = form && live(object, form, record, action)
  const given = form && laid ? sent(object, form, laid, draft, action) : draft
  const body = linesSent(objects, object, given)
  const touched = Object.keys(draft).length > 0
  const check = useCheck(object.key, action === "create" && touched ? body : undefined)
  const all = opened ?? (action === "update" && !form)
  const fields = form
    ? leftOut(object, form, action).filter((one) => form.rest && !laid?.there.has(one.key))
    : formOf(object, action)
  const shown = form
    ? fields.filter((one) => all || one.key in draft)
    : all
      ? fields
      : fields.filter((one, at) => one.required || at < FIRST || one.key in draft)
  const fault = state.at === "refused" ? state.fault : undefined
  const duplicates = fault?.duplicates.length ? fault.duplicates : (check.data?.duplicates ?? [])

  function set(key: string, value: Value, name?: string) {
    const next = { ...draft, [key]: value }
    setDraft(next)
    setNames({ ...names, [key]: name })
    keepDraft(draftKey, next)
  }

  function fill(values: Record<string, Value>, called: Record<string, string>) {
    const next = { ...draft, ...values }
    setDraft(next)
    setNames({ ...names, ...called })
    keepDraft(draftKey, next)
  }

  async function save(anyway = false) {
    const asked = laid ? missing(laid) : []
    if (asked.length > 0) {
      const message = say("entry.needed")
      const errors = asked.map((path) => ({ path, code: "required", message }))
      setState({ at: "refused", fault: new Fault(0, { errors }) })
      return
    }
    setState({ at: "busy" })
    try {
      const saved = wish.record
        ? await ask<RecordData>("PATCH", `/records/${object.key}/${wish.record.id}`, {
            body,
            version: wish.record.version,
          })
        : await ask<RecordData>("POST", `/records/${object.key}`, {
            body,
            query: { on_duplicate: anyway ? "create" : undefined },
          })
      keepDraft(draftKey, null)
      tell(say(wish.record ? "entry.changed" : "entry.made", { object: object.label }))
      await client.invalidateQueries({ queryKey: ["records"] })
      onSaved(saved)
    } catch (error) {
      setState({
        at: "refused",
        fault: error instanceof Fault ? error : new Fault(0, { detail: String(error) }),
      })
    }
  }

  const complaints = [...(fault?.errors ?? []), ...(check.data?.errors ?? [])]
  const known = new Set([...shown.map((one) => one.key), ...(laid?.there.keys() ?? [])])
  const loose = complaints.filter((one) => !known.has(one.path))
  const judgement = {
    touched: (key: string) => key in draft,
    name: (key: string) => names[key] ?? nameIn(wish.record, key),
    complaint: (key: string) => complaintOf(key, draft, fault, check.data?.errors),
    remark: (key: string) => check.data?.remarks.find((one) => one.path === key),
    standard: check.data?.record,
  }
  const beside = {
    may: (key: string) => fieldOf(object, key)?.[action] ?? false,
    value: (key: string) => record[key],
    set: (values: Record<string, Value>) => fill(values, {}),
  }
  return (
    <Dialog
      look="side"
      title={say(wish.record ? "entry.edit" : "do.new.of", { object: object.label })}
      onClose={onClose}
      foot={
        <>
          {offered.length > 1 && (
            <select
              className="input entry-form"
              aria-label={say("forms.title")}
              value={form?.key}
              onChange={(event) => choose(event.target.value)}
            >
              {offered.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
          {draftKey && Object.keys(draft).length > 0 && (
            <span className="faint entry-kept">{say("entry.kept")}</span>
          )}
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          {fault && fault.duplicates.length > 0 && (
            <Button onClick={() => void save(true)}>{say("entry.anyway")}</Button>
          )}
          <Button look="main" form="entry" type="submit" disabled={state.at === "busy"}>
            {say("do.save")}
          </Button>
        </>
      }
    >
      <form
        id="entry"
        className="entry"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {action === "create" && <PasteBox object={object} known={objects} onFill={fill} />}
        {duplicates.length > 0 && (
          <Duplicates object={object} found={duplicates} onClose={onClose} />
        )}
        {loose.length > 0 && state.at === "refused" && (
          <p className="entry-fault" role="alert">
            {loose.map((one) => one.message).join("；")}
          </p>
        )}
        <BesideFields value={beside}>
          {laid && <FormBody key={form?.key} form={laid} judgement={judgement} onChange={set} />}
          {shown.map((field, at) => (
            <FormField
              key={field.key}
              field={{ ...field, options: optionsFor(field, record) }}
              value={field.key in draft ? draft[field.key] : wish.record?.[field.key]}
              name={judgement.name(field.key)}
              touched={field.key in draft}
              first={at === 0 && !form}
              complaint={judgement.complaint(field.key)}
              remark={judgement.remark(field.key)}
              standard={check.data?.record[field.key]}
              onChange={(value, name) => set(field.key, value, name)}
            />
          ))}
        </BesideFields>
        {shown.length < fields.length && (
          <Button look="quiet" onClick={() => setAll(true)}>
            {say("record.facts.more", { n: fields.length - shown.length })}
          </Button>
        )}
      </form>
    </Dialog>
  )
}

/** The lines of the sub-tables a form shows, of a record that is there already. */
function useLines(object: ObjectMeta, record: RecordData | undefined, form?: FormFace) {
  const tables = form ? object.fields.filter((one) => one.kind === "children") : []
  const select = ["id", ...tables.map((one) => one.key)]
  const { data } = useQuery({
    ...records.one(object.key, record?.id ?? "", select),
    enabled: record !== undefined && tables.length > 0,
  })
  return data && Object.fromEntries(tables.map((one) => [one.key, data[one.key]]))
}

/** Faults of a save stay until the next one; those of a look ahead are told of what was filled in. */
function complaintOf(
  key: string,
  draft: Record<string, Value>,
  fault: Fault | undefined,
  ahead: Fault["errors"] | undefined,
) {
  const refused = fault?.errors.find((one) => one.path === key)
  const expected =
    key in draft && draft[key] !== null ? ahead?.find((one) => one.path === key) : undefined
  return expected ?? refused
}

function nameIn(record: RecordData | undefined, key: string): string | undefined {
  const found = Object.entries(record ?? {}).find(([name]) => name.startsWith(`${key}.`))?.[1]
  return typeof found === "string" ? found : undefined
}

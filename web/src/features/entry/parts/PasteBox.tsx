import { useMutation, useQueryClient } from "@tanstack/react-query"
import { ClipboardPaste } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { type Page, records } from "../../../data/recipes"
import { quoted } from "../../../kernel/expression/write"
import {
  type Catalog,
  fieldOf,
  type ObjectMeta,
  type RecordData,
  titleOfRecord,
  type Value,
} from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

interface Found {
  text: string
  start: number
  end: number
  confidence?: number
}

interface Draft {
  record: Record<string, Value>
  /** What a value was taken apart into: a company's name into its place, brand, trade and form. */
  parts: Record<string, Record<string, Value>>
  links: Record<string, Found>
  left: Found[]
}

const PARTS = [
  "province",
  "city",
  "district",
  "region",
  "brand",
  "industry",
  "form",
  "branch",
] as const

/** The parts that say something, of the values that have more than one. */
function partsOf(told: Draft["parts"]) {
  // An address and the region out of it say the same of where it is.
  const seen = new Set<string>()
  return Object.entries(told).flatMap(([field, parts]) => {
    const said = PARTS.flatMap((key) => {
      const part = parts[key]
      return typeof part === "string" && part !== "" ? [[key, part] as const] : []
    })
    const name = said.join()
    if (said.length < 2 || seen.has(name)) return []
    seen.add(name)
    return [{ field, parts: said }]
  })
}

interface Props {
  object: ObjectMeta
  known: Catalog
  onFill: (values: Record<string, Value>, names: Record<string, string>) => void
}

const LEAST = 4

/** Anything pasted — a message, a card, a signature, a line of a sheet — becomes the draft of a record. */
export function PasteBox({ object, known, onFill }: Props) {
  const say = useWords()
  const client = useQueryClient()
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)

  /** What a text calls another record becomes that record, if there is just one of that name. */
  async function links(draft: Draft) {
    const values: Record<string, Value> = {}
    const names: Record<string, string> = {}
    for (const [key, found] of Object.entries(draft.links)) {
      const target = known.object(fieldOf(object, key)?.object ?? "")
      if (!target?.may.read) continue
      const where = `${target.title} = ${quoted(found.text)}`
      const query = { where, select: ["id", target.title], limit: 2 }
      const page: Page<RecordData> = await client.fetchQuery(records.page(target.key, query))
      const [only, another] = page.items
      if (!only || another) continue
      values[key] = only.id
      names[key] = titleOfRecord(target, only)
    }
    return { values, names }
  }
  const parse = useMutation({
    mutationFn: (pasted: string) =>
      ask<{ items: Draft[] }>("POST", "/parse", { body: { object: object.key, text: pasted } }),
    onSuccess: ({ items }) => items[0] && void fill(items[0], 0),
    onError: tellFault,
  })
  async function fill(draft: Draft, place: number) {
    setAt(place)
    const linked = await links(draft).catch(() => ({ values: {}, names: {} }))
    onFill({ ...draft.record, ...linked.values }, linked.names)
  }
  const drafts = parse.data?.items ?? []
  const left = drafts[at]?.left.map((one) => one.text.trim()).filter(Boolean) ?? []
  const apart = partsOf(drafts[at]?.parts ?? {})
  const read = (pasted: string) => {
    if (pasted.trim().length >= LEAST) parse.mutate(pasted)
  }
  return (
    <div className="paste-box">
      <textarea
        className="input"
        data-later
        rows={text ? 3 : 1}
        aria-label={say("parse.label")}
        placeholder={say("parse.hint")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain")
          if (text === "" && pasted !== "") read(pasted)
        }}
      />
      {text !== "" && apart.length > 0 && (
        <dl className="paste-parts">
          {apart.map(({ field, parts }) => (
            <div key={field}>
              <dt className="faint">{fieldOf(object, field)?.label ?? field}</dt>
              {parts.map(([key, part]) => (
                <dd key={key}>
                  <span className="faint">{say(`parse.part.${key}`)}</span> {part}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      {text !== "" && (
        <div className="paste-box-foot">
          <span className="soft" role="status">
            {parse.data && drafts.length === 0 && say("parse.nothing")}
            {left.length > 0 && say("parse.left", { text: left.join(" ") })}
          </span>
          {drafts.length > 1 &&
            drafts.map((one, place) => (
              <Button
                // biome-ignore lint/suspicious/noArrayIndexKey: drafts are known by their place only
                key={place}
                small
                look="quiet"
                aria-pressed={place === at}
                onClick={() => void fill(one, place)}
              >
                {String(one.record[object.title] ?? place + 1)}
              </Button>
            ))}
          <Button
            small
            icon={<ClipboardPaste size={14} />}
            disabled={parse.isPending}
            onClick={() => read(text)}
          >
            {say(parse.isPending ? "parse.busy" : "parse.do")}
          </Button>
        </div>
      )}
    </div>
  )
}

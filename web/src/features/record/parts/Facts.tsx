import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { PencilLine } from "lucide-react"
import { useState } from "react"
import { people } from "../../../data/recipes"
import { type Along, BesideFields, besideOf } from "../../../fields/beside"
import { Edit } from "../../../fields/edit"
import { MentionedText } from "../../../fields/mentions/MentionedText"
import { Shown } from "../../../fields/show"
import {
  type FieldMeta,
  fieldOf,
  type ObjectMeta,
  type RecordData,
  type Value,
} from "../../../kernel/meta"
import { factsOf } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import { useWriting } from "../writing"
import { Origin } from "./Origin"

/** The fields of a record, all or those named, filled ones first; empty ones open on demand. */
export function Facts({ fields, ...place }: Place & { fields?: readonly string[] }) {
  const say = useWords()
  const { object, record } = place
  const [all, setAll] = useState(false)
  const facts = fields
    ? fields.flatMap((one) => fieldOf(object, one) ?? [])
    : factsOf(object).filter((one) => one.key !== object.title || one.kind === "long_text")
  const filled = facts.filter((one) => !vacant(record[one.key]))
  const shown = all ? facts : filled
  return (
    <>
      <dl className="facts">
        {shown.map((one) => (
          <Fact key={one.key} {...place} field={one} />
        ))}
      </dl>
      {facts.length > filled.length && (
        <Button small look="quiet" onClick={() => setAll(!all)}>
          {say(all ? "record.facts.less" : "record.facts.more", {
            n: facts.length - filled.length,
          })}
        </Button>
      )}
    </>
  )
}

function vacant(value: Value | undefined): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  )
}

function Fact({ object, record, known, past, field }: Place & { field: FieldMeta }) {
  const say = useWords()
  const write = useWriting({ object, record, known })
  const [editing, setEditing] = useState(false)
  const { data: everybody } = useQuery({ ...people(), enabled: field.kind === "users" })
  const writable =
    !past &&
    object.may.update &&
    field.update &&
    !["children", "signature", "json"].includes(field.kind)
  const value = record[field.key]
  const name = known.named(record, field)
  const target =
    field.kind === "lookup" && field.object && typeof value === "string"
      ? known.object(field.object)
      : undefined
  return (
    <div className="fact">
      <dt title={field.help || undefined}>{field.label}</dt>
      <dd>
        {editing ? (
          <FactEditor
            object={object}
            record={record}
            field={field}
            name={name}
            onDone={(next, along) => {
              setEditing(false)
              if (next !== undefined) write(field, next, along)
            }}
          />
        ) : (
          <>
            <Origin object={object} record={record} known={known} field={field}>
              <span className={field.kind === "long_text" ? "fact-long" : "fact-value"}>
                {target && typeof value === "string" ? (
                  <Link
                    to="/desk/$object/$id"
                    params={{ object: target.key, id: value }}
                    className="value-link clip"
                  >
                    {name ?? "…"}
                  </Link>
                ) : field.settings.mentions && typeof value === "string" ? (
                  <MentionedText field={field} record={record} />
                ) : (
                  <Shown
                    field={field}
                    value={value}
                    name={name}
                    nameOf={(id) => everybody?.find((one) => one.id === id)?.name}
                  />
                )}
              </span>
            </Origin>
            {writable && (
              <button
                type="button"
                className="fact-edit"
                aria-label={`${say("do.edit")} ${field.label}`}
                onClick={() => setEditing(true)}
              >
                <PencilLine size={13} />
              </button>
            )}
          </>
        )}
      </dd>
    </div>
  )
}

interface EditorProps {
  object: ObjectMeta
  record: RecordData
  field: FieldMeta
  name?: string
  onDone: (next?: Value, along?: Along) => void
}

function FactEditor({ object, record, field, name, onDone }: EditorProps) {
  const say = useWords()
  const value = record[field.key] ?? null
  const [draft, setDraft] = useState<{ value: Value; name?: string }>({ value, name })
  const [along, setAlong] = useState<Along>({})
  const beside = besideOf(object, record, along, ({ [field.key]: own, ...others }) => {
    if (own !== undefined) setDraft({ value: own })
    setAlong((now) => ({ ...now, ...others }))
  })
  return (
    <form
      className="fact-editor"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(draft.value, along)
      }}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <BesideFields.Provider value={beside}>
        <Edit
          field={field}
          value={draft.value}
          name={draft.name}
          autoFocus
          onChange={(next, called) => setDraft({ value: next, name: called })}
        />
      </BesideFields.Provider>
      <div className="fact-buttons">
        <Button small look="main" type="submit">
          {say("do.save")}
        </Button>
        <Button small look="quiet" onClick={() => onDone()}>
          {say("do.cancel")}
        </Button>
      </div>
    </form>
  )
}

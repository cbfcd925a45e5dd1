import { Plus, X } from "lucide-react"
import { useLanguage } from "../../../../data/preferences"
import type { FieldDocument } from "../../../../kernel/design/object"
import { encloses, fieldsOn, type PublicDocument, suited } from "../../../../kernel/faces/public"
import { type FieldMeta, fieldOf } from "../../../../kernel/meta"
import { IconButton } from "../../../../ui/button"
import { ChooseOne, Line, Options } from "../../../../ui/inputs"
import { useWords } from "../../../../ui/words"
import { LabelInput } from "../../faces/LabelInput"
import { DefaultInput } from "../../objects/parts/DefaultInput"
import type { Drawing } from "../FormDesigner"
import { AddressPart } from "./AddressPart"

const KNOWN = ["create", "skip", "update", "overwrite"] as const

/** What a form does that strangers fill in: with those we know, with what nobody types, afterwards. */
export function PublicProperties(props: Drawing) {
  const { form, object, change } = props
  const say = useWords()
  const told = form.public ?? {}
  const set = (more: Partial<PublicDocument>) => change({ ...form, public: { ...told, ...more } })
  const out = fieldsOn(form).filter((key) => {
    const field = fieldOf(object, key)
    return field !== undefined && !suited(field) && !(encloses(field) && told.files)
  })
  const files = fieldsOn(form).some((key) => {
    const field = fieldOf(object, key)
    return field !== undefined && encloses(field)
  })
  return (
    <section className="public-part" aria-label={say("public.title")}>
      <h2 className="pane-title">{say("public.title")}</h2>
      {out.length > 0 && (
        <p className="public-note" role="note">
          {say("public.left_out", {
            fields: out.map((one) => fieldOf(object, one)?.label ?? one).join("、"),
          })}
        </p>
      )}
      <AddressPart form={form.key} />
      <LabelInput
        label={say("public.thanks")}
        placeholder={say("public.thanks.default")}
        said={told.thanks}
        onChange={(thanks) => set({ thanks: thanks && said(thanks) ? thanks : undefined })}
      />
      <ChooseOne
        label={say("public.known")}
        hint={say(`public.known.${told.known ?? "create"}.hint`)}
        value={told.known ?? "create"}
        choices={KNOWN.map((key) => ({ key, label: say(`public.known.${key}`) }))}
        onChange={(known) => set({ known: KNOWN.find((one) => one === known) })}
      />
      <Fixed {...props} told={told} set={set} />
      {files && (
        <>
          <div className="labelled-rows">
            <Line
              label={say("public.files")}
              type="number"
              min={0}
              value={String(told.files ?? 0)}
              onChange={(text) => set({ files: Math.min(20, Math.max(0, Number(text) || 0)) })}
            />
            <Line
              label={say("public.file_mb")}
              type="number"
              min={1}
              value={String(told.file_mb ?? 5)}
              onChange={(text) => set({ file_mb: Math.min(25, Math.max(1, Number(text) || 1)) })}
            />
          </div>
          <p className="labelled-hint">{say("public.files.hint")}</p>
        </>
      )}
      <div className="labelled-rows">
        <Line
          label={say("public.per_address")}
          type="number"
          min={1}
          value={String(told.per_address ?? 10)}
          onChange={(text) => set({ per_address: Math.max(1, Number(text) || 1) })}
        />
        <Line
          label={say("public.per_minute")}
          type="number"
          min={1}
          value={String(told.per_minute ?? 60)}
          onChange={(text) => set({ per_minute: Math.max(1, Number(text) || 1) })}
        />
      </div>
    </section>
  )
}

function said(label: NonNullable<PublicDocument["thanks"]>): boolean {
  return typeof label === "string" ? label !== "" : !!(label.zh || label.en)
}

interface FixedProps extends Drawing {
  told: PublicDocument
  set: (more: Partial<PublicDocument>) => void
}

/** What every record gets that comes in; nobody who fills the form in sees it. */
function Fixed({ form, object, told, set }: FixedProps) {
  const say = useWords()
  const language = useLanguage()
  const values = told.values ?? {}
  const placed = new Set(fieldsOn(form))
  const free = object.fields.filter(
    (one) => suited(one) && !placed.has(one.key) && !(one.key in values),
  )
  return (
    <fieldset className="face-set public-fixed">
      <legend>{say("public.values")}</legend>
      <p className="soft">{say("public.values.hint")}</p>
      {Object.entries(values).map(([key, value]) => {
        const field = fieldOf(object, key)
        return (
          <div key={key} className="public-value">
            <label htmlFor={`fixed-${key}`}>{field?.label ?? key}</label>
            <DefaultInput
              id={`fixed-${key}`}
              field={documentOf(key, field, value)}
              language={language}
              onChange={(given) =>
                set({
                  values: {
                    ...values,
                    [key]: typeof given === "boolean" ? given : `${given ?? ""}`,
                  },
                })
              }
            />
            <IconButton
              label={`${say("do.delete")} ${field?.label ?? key}`}
              onClick={() => {
                const { [key]: _, ...rest } = values
                set({ values: rest })
              }}
            >
              <X size={14} />
            </IconButton>
          </div>
        )
      })}
      {free.length > 0 && (
        <label className="public-add">
          <Plus size={14} aria-hidden="true" />
          <span className="unseen">{say("public.values.add")}</span>
          <select
            className="input"
            value=""
            onChange={(event) => {
              const field = fieldOf(object, event.target.value)
              if (field) set({ values: { ...values, [field.key]: first(field) } })
            }}
          >
            <option value="">{say("public.values.add")}</option>
            <Options of={free} />
          </select>
        </label>
      )}
    </fieldset>
  )
}

function first(field: FieldMeta): string | boolean {
  return field.kind === "boolean" ? true : (field.options[0]?.key ?? "")
}

function documentOf(
  key: string,
  field: FieldMeta | undefined,
  value: string | boolean | number | readonly string[],
): FieldDocument {
  return {
    key,
    kind: field?.kind ?? "text",
    label: field?.label ?? key,
    options: field?.options.map((one) => ({ key: one.key, label: one.label })),
    default: Array.isArray(value) ? value.join(",") : (value as string),
  }
}

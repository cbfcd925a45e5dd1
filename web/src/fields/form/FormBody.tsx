import { ChevronRight } from "lucide-react"
import { useState } from "react"
import type { Complaint } from "../../data/fault"
import type { LiveField, LiveForm, LiveSection } from "../../kernel/faces/live"
import type { RecordData, Value } from "../../kernel/meta"
import { Tabs } from "../../ui/tabs"
import { useWords } from "../../ui/words"
import { FormField } from "./FormField"
import "./form.css"

/** What is known of the fields beside what was given. */
export interface Judgement {
  /** What was given so far, by key. */
  touched: (key: string) => boolean
  name: (key: string) => string | undefined
  complaint: (key: string) => Complaint | undefined
  remark: (key: string) => Complaint | undefined
  /** What the server makes of the values. */
  standard?: RecordData
}

interface Props {
  form: LiveForm
  judgement: Judgement
  /** Where there are complaints, their tabs say so. */
  onChange: (key: string, value: Value, name?: string) => void
}

/** The sections and tabs of a form. */
export function FormBody({ form, judgement, onChange }: Props) {
  const say = useWords()
  const [chosen, setChosen] = useState("0")
  const at = Math.min(Number(chosen), form.tabs.length - 1)
  const first = form.sections[0]?.fields[0] ?? form.tabs[0]?.sections[0]?.fields[0]
  const more = { judgement, onChange, first }
  return (
    <div className="form-body">
      {form.sections.map((one) => (
        <Section key={one.key} section={one} {...more} />
      ))}
      {form.tabs.length > 0 && (
        <>
          <Tabs
            label={say("forms.tabs")}
            tabs={form.tabs.map((one, number) => ({
              key: String(number),
              label: (
                <span data-wrong={one.sections.some((each) => wrong(each, judgement))}>
                  {one.label}
                </span>
              ),
            }))}
            current={String(at)}
            onChange={setChosen}
          />
          {form.tabs[at]?.sections.map((one) => (
            <Section key={one.key} section={one} {...more} />
          ))}
        </>
      )}
    </div>
  )
}

function wrong(section: LiveSection, judgement: Judgement): boolean {
  return section.fields.some((one) => judgement.complaint(one.field.key) !== undefined)
}

interface SectionProps extends Omit<Props, "form"> {
  section: LiveSection
  first: LiveField | undefined
}

function Section({ section, judgement, first, onChange }: SectionProps) {
  const { face, fields } = section
  const [open, setOpen] = useState<boolean>()
  const unfolded = open ?? (!face.folded || wrong(section, judgement))
  return (
    <section className="form-section" aria-label={face.label || undefined}>
      {face.folded ? (
        <button
          type="button"
          className="form-fold"
          aria-expanded={unfolded}
          onClick={() => setOpen(!unfolded)}
        >
          <ChevronRight size={14} aria-hidden="true" /> {face.label}
        </button>
      ) : (
        face.label && <h3 className="form-title">{face.label}</h3>
      )}
      {unfolded && (
        <>
          {face.help && <p className="form-hint">{face.help}</p>}
          <div className="form-grid" data-columns={face.columns}>
            {fields.map((one) => (
              <FormField
                key={one.field.key}
                field={one.field}
                value={one.value}
                span={Math.min(one.placed.width, face.columns)}
                placeholder={one.placed.placeholder}
                columns={one.placed.columns}
                readonly={one.readonly}
                name={judgement.name(one.field.key)}
                touched={judgement.touched(one.field.key)}
                first={one === first}
                complaint={judgement.complaint(one.field.key)}
                remark={judgement.remark(one.field.key)}
                standard={judgement.standard?.[one.field.key]}
                onChange={(value, name) => onChange(one.field.key, value, name)}
              />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

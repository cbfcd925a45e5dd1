import { useId } from "react"
import { saidIn, saying } from "../../../../kernel/design/object"
import "../../../../ui/input.css"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"
import { Row } from "./FieldProperties"
import { IconChoice } from "./IconChoice"

const TITLED = new Set([
  "text",
  "company_name",
  "person_name",
  "long_text",
  "auto_number",
  "formula",
])

/** What the object is called, its icon, its title and the usual order. */
export function Basics({ design }: { design: Design }) {
  const say = useWords()
  const id = useId()
  const { draft, language } = design
  const { document } = draft
  const other = language === "zh" ? "en" : "zh"
  const wrong = (member: string) =>
    design.problems.filter((one) => one.field === undefined && one.member === member)
  const titled = document.fields.filter((one) => TITLED.has(one.kind) || one.key === document.title)
  const [order = "-created_at"] = document.order ?? []
  const down = order.startsWith("-")
  const by = order.replace(/^-/, "")
  return (
    <div className="settings designer-narrow">
      <Row id={`${id}-label`} label={say("objects.label")} wrong={wrong("label")}>
        <input
          id={`${id}-label`}
          className="input"
          value={saidIn(document.label, language)}
          onChange={(event) =>
            draft.change({
              ...document,
              label: saying(document.label, language, event.target.value),
            })
          }
        />
      </Row>
      <Row id={`${id}-other`} label={say(`field.label.${other}`)} wrong={[]}>
        <input
          id={`${id}-other`}
          className="input"
          value={typeof document.label === "string" ? "" : (document.label[other] ?? "")}
          onChange={(event) =>
            draft.change({ ...document, label: saying(document.label, other, event.target.value) })
          }
        />
      </Row>
      <Row id={`${id}-plural`} label={say("objects.plural")} wrong={wrong("plural")}>
        <input
          id={`${id}-plural`}
          className="input"
          value={saidIn(document.plural, language)}
          placeholder={saidIn(document.label, language)}
          onChange={(event) =>
            draft.change({
              ...document,
              plural:
                event.target.value === ""
                  ? undefined
                  : saying(document.plural, language, event.target.value),
            })
          }
        />
      </Row>
      <Row id={`${id}-title`} label={say("objects.title_field")} wrong={wrong("title")}>
        <select
          id={`${id}-title`}
          className="input"
          value={document.title ?? "name"}
          onChange={(event) => draft.change({ ...document, title: event.target.value })}
        >
          {titled.map((one) => (
            <option key={one.key} value={one.key}>
              {saidIn(one.label, language)}
            </option>
          ))}
        </select>
      </Row>
      <Row id={`${id}-order`} label={say("objects.order")} wrong={wrong("order")}>
        <div className="settings-pair">
          <select
            id={`${id}-order`}
            className="input"
            value={by}
            onChange={(event) =>
              draft.change({ ...document, order: [(down ? "-" : "") + event.target.value] })
            }
          >
            <option value="created_at">{say("objects.order.created")}</option>
            <option value="updated_at">{say("objects.order.updated")}</option>
            {document.fields.map((one) => (
              <option key={one.key} value={one.key}>
                {saidIn(one.label, language)}
              </option>
            ))}
          </select>
          <select
            className="input"
            aria-label={say("objects.order.way")}
            value={down ? "-" : ""}
            onChange={(event) => draft.change({ ...document, order: [event.target.value + by] })}
          >
            <option value="">{say("sort.up")}</option>
            <option value="-">{say("sort.down")}</option>
          </select>
        </div>
      </Row>
      <span id={`${id}-icon`}>{say("objects.icon")}</span>
      <IconChoice
        labelledBy={`${id}-icon`}
        value={document.icon ?? ""}
        onChange={(icon) => draft.change({ ...document, icon })}
      />
    </div>
  )
}

import { useDraggable, useDroppable } from "@dnd-kit/core"
import { Plus } from "lucide-react"
import { type KeyboardEvent, useState } from "react"
import { useLanguage } from "../../../../data/preferences"
import { saidIn } from "../../../../kernel/design/object"
import {
  COLUMNS,
  nudged,
  type PlacedDocument,
  problemAt,
  type Room,
  type SectionDocument,
  sectionAdded,
  sectionsOf,
  tabAdded,
  taken,
} from "../../../../kernel/faces/design"
import { fieldOf } from "../../../../kernel/meta"
import { Button } from "../../../../ui/button"
import { Tabs } from "../../../../ui/tabs"
import { useWords } from "../../../../ui/words"
import type { Drawing } from "../FormDesigner"

/** The form as it is drawn: sections, below them tabs; what is chosen has a frame. */
export function Canvas(drawing: Drawing) {
  const { form, choice, choose, change } = drawing
  const say = useWords()
  const language = useLanguage()
  const [shown, show] = useState(0)
  const tab = Math.min(tabOf(drawing) ?? shown, form.tabs.length - 1)
  return (
    <div className="canvas">
      <Sections {...drawing} tab={-1} />
      {form.tabs.length > 0 && (
        <div className="canvas-tabs">
          <Tabs
            label={say("forms.tabs")}
            tabs={form.tabs.map((one, at) => ({
              key: String(at),
              label: saidIn(one.label, language) || "—",
            }))}
            current={String(tab)}
            onChange={(key) => {
              show(Number(key))
              choose({ what: "tab", tab: Number(key) })
            }}
          />
          <div className="canvas-tab" data-chosen={choice.what === "tab"}>
            <Sections {...drawing} tab={tab} />
          </div>
        </div>
      )}
      <div className="canvas-more">
        <Button
          small
          look="quiet"
          icon={<Plus size={14} />}
          onClick={() => {
            const label = say("forms.section.new")
            change(sectionAdded(form, tab, label))
            choose({ what: "section", room: { tab, section: sectionsOf(form, tab).length } })
          }}
        >
          {say("forms.section.add")}
        </Button>
        <Button
          small
          look="quiet"
          icon={<Plus size={14} />}
          onClick={() => {
            change(tabAdded(form, say("forms.tab.new")))
            show(form.tabs.length)
            choose({ what: "tab", tab: form.tabs.length })
          }}
        >
          {say("forms.tab.add")}
        </Button>
      </div>
    </div>
  )
}

/** The tab in which what is chosen stands. */
function tabOf({ form, choice }: Drawing): number | undefined {
  if (choice.what === "tab") return choice.tab
  if (choice.what === "section" && choice.room.tab >= 0) return choice.room.tab
  if (choice.what !== "field") return undefined
  const at = form.tabs.findIndex((one) =>
    one.sections.some((each) => each.fields.some((placed) => placed.field === choice.field)),
  )
  return at < 0 ? undefined : at
}

function Sections({ tab, ...drawing }: Drawing & { tab: number }) {
  return sectionsOf(drawing.form, tab).map((one, section) => (
    <Section
      // biome-ignore lint/suspicious/noArrayIndexKey: sections have no other name
      key={section}
      {...drawing}
      section={one}
      room={{ tab, section }}
    />
  ))
}

function Section({
  section,
  room,
  ...drawing
}: Drawing & { section: SectionDocument; room: Room }) {
  const { choice, choose, form, problems } = drawing
  const say = useWords()
  const language = useLanguage()
  const { setNodeRef, isOver } = useDroppable({ id: `room:${room.tab}/${room.section}` })
  const chosen =
    choice.what === "section" &&
    choice.room.tab === room.tab &&
    choice.room.section === room.section
  const wrong = problems.some((one) => {
    const at = problemAt(form, one.path)
    return !at.field && at.room?.tab === room.tab && at.room.section === room.section
  })
  return (
    <section
      ref={setNodeRef}
      className="canvas-section"
      data-chosen={chosen}
      data-over={isOver}
      data-wrong={wrong}
    >
      <button
        type="button"
        className="canvas-heading"
        aria-pressed={chosen}
        onClick={() => choose({ what: "section", room })}
      >
        {saidIn(section.label, language) || (
          <span className="faint">{say("forms.section.unnamed")}</span>
        )}
        {section.visible && <span className="canvas-mark">{say("forms.rule.visible.short")}</span>}
        {section.folded && <span className="canvas-mark">{say("forms.folded.short")}</span>}
      </button>
      <div className="form-grid" data-columns={section.columns ?? COLUMNS}>
        {section.fields.map((one) => (
          <Placed key={one.field} {...drawing} placed={one} columns={section.columns ?? COLUMNS} />
        ))}
      </div>
      {section.fields.length === 0 && <p className="canvas-empty">{say("forms.drop_here")}</p>}
    </section>
  )
}

const MARKS = ["visible", "required", "readonly", "default", "computed"] as const

function Placed(props: Drawing & { placed: PlacedDocument; columns: number }) {
  const { placed, columns, form, object, choice, choose, change, problems } = props
  const say = useWords()
  const language = useLanguage()
  const field = fieldOf(object, placed.field)
  const drag = useDraggable({ id: `placed:${placed.field}`, data: { field: placed.field } })
  const drop = useDroppable({ id: `field:${placed.field}` })
  const chosen = choice.what === "field" && choice.field === placed.field
  const wrong = problems.some((one) => problemAt(form, one.path).field === placed.field)
  const label = saidIn(placed.label, language) || field?.label || placed.field

  function keyed(event: KeyboardEvent) {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0
    if (event.altKey && step !== 0) {
      event.preventDefault()
      change(nudged(form, placed.field, step))
    } else if (event.key === "Delete") {
      change(taken(form, placed.field))
      choose({ what: "form" })
    }
  }
  return (
    <button
      ref={(node) => {
        drag.setNodeRef(node)
        drop.setNodeRef(node)
      }}
      type="button"
      className="canvas-field"
      aria-pressed={chosen}
      data-span={field?.kind === "children" ? undefined : Math.min(placed.width ?? 1, columns)}
      data-wide={field?.kind === "children"}
      data-field={placed.field}
      data-held={drag.isDragging}
      data-over={drop.isOver && !drag.isDragging}
      data-wrong={wrong}
      {...drag.listeners}
      onClick={() => choose({ what: "field", field: placed.field })}
      onKeyDown={keyed}
    >
      <span className="canvas-label">
        {label}
        {(field?.required || placed.required) && <span className="form-needed"> *</span>}
        {MARKS.filter((one) => placed[one]).map((one) => (
          <span key={one} className="canvas-mark" title={placed[one]}>
            {say(`forms.rule.${one}.short`)}
          </span>
        ))}
      </span>
      <span className="canvas-input clip">{saidIn(placed.placeholder, language)}</span>
    </button>
  )
}

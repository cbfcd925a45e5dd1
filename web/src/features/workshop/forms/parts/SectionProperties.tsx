import { ArrowDown, ArrowUp, Trash2 } from "lucide-react"
import {
  bare,
  COLUMNS,
  type Room,
  roomOf,
  sectionDropped,
  sectionNudged,
  sectionsOf,
  tabDropped,
  tabNudged,
  withRoom,
} from "../../../../kernel/faces/design"
import { IconButton } from "../../../../ui/button"
import { Labelled, Tick } from "../../../../ui/labelled"
import { useWords } from "../../../../ui/words"
import { LabelInput } from "../../faces/LabelInput"
import { RuleInput } from "../../faces/RuleInput"
import type { Drawing } from "../FormDesigner"

/** A section: its heading, its columns, when it is there. */
export function SectionProperties(props: Drawing & { room: Room }) {
  const { form, room, object, change, choose } = props
  const say = useWords()
  const section = roomOf(form, room)
  if (!section) return null
  const set = (said: Partial<typeof section>) =>
    change(withRoom(form, room, (one) => bare({ ...one, ...said, fields: one.fields })))
  function nudge(step: 1 | -1) {
    const next = sectionNudged(form, room, step)
    if (next === form) return
    change(next)
    choose({ what: "section", room: { ...room, section: room.section + step } })
  }
  return (
    <div className="pane">
      <Heading
        title={say("forms.section")}
        onUp={room.section > 0 ? () => nudge(-1) : undefined}
        onDown={room.section < sectionsOf(form, room.tab).length - 1 ? () => nudge(1) : undefined}
        onDrop={() => {
          change(sectionDropped(form, room))
          choose({ what: "form" })
        }}
      />
      <LabelInput
        label={say("forms.heading")}
        said={section.label}
        onChange={(label) => set({ label })}
      />
      <LabelInput
        label={say("forms.help")}
        said={section.help}
        onChange={(help) => set({ help })}
      />
      <Labelled label={say("forms.columns")}>
        {(field) => (
          <select
            id={field.id}
            className="input"
            value={section.columns ?? COLUMNS}
            onChange={(event) => set({ columns: Number(event.target.value) })}
          >
            {[1, 2, 3, 4].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
      </Labelled>
      <Tick
        label={say("forms.folded")}
        checked={section.folded ?? false}
        onChange={(folded) => set({ folded: folded || undefined })}
      />
      <RuleInput
        rule="visible"
        object={object.key}
        value={section.visible ?? ""}
        onChange={(visible) => set({ visible })}
      />
    </div>
  )
}

/** A tab: what it is called, and when it is there. */
export function TabProperties(props: Drawing & { tab: number }) {
  const { form, tab, object, change, choose } = props
  const say = useWords()
  const one = form.tabs[tab]
  if (!one) return null
  const set = (said: Partial<typeof one>) =>
    change({
      ...form,
      tabs: form.tabs.map((each, at) =>
        at === tab ? bare({ ...each, ...said, sections: each.sections }) : each,
      ),
    })
  function nudge(step: 1 | -1) {
    change(tabNudged(form, tab, step))
    choose({ what: "tab", tab: tab + step })
  }
  return (
    <div className="pane">
      <Heading
        title={say("forms.tab")}
        onUp={tab > 0 ? () => nudge(-1) : undefined}
        onDown={tab < form.tabs.length - 1 ? () => nudge(1) : undefined}
        onDrop={() => {
          change(tabDropped(form, tab))
          choose({ what: "form" })
        }}
      />
      <LabelInput
        label={say("forms.heading")}
        said={one.label}
        onChange={(label) => set({ label })}
      />
      <RuleInput
        rule="visible"
        object={object.key}
        value={one.visible ?? ""}
        onChange={(visible) => set({ visible })}
      />
    </div>
  )
}

/** What is chosen, moved by keys and pointer alike, or taken away. */
export function Heading({
  title,
  onUp,
  onDown,
  onDrop,
}: {
  title: string
  onUp?: () => void
  onDown?: () => void
  onDrop: () => void
}) {
  const say = useWords()
  return (
    <header className="pane-head">
      <h2 className="pane-title">{title}</h2>
      <IconButton label={say("forms.up")} disabled={!onUp} onClick={onUp}>
        <ArrowUp size={15} />
      </IconButton>
      <IconButton label={say("forms.down")} disabled={!onDown} onClick={onDown}>
        <ArrowDown size={15} />
      </IconButton>
      <IconButton label={say("filter.drop")} onClick={onDrop}>
        <Trash2 size={15} />
      </IconButton>
    </header>
  )
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { catalog } from "../../../../data/recipes"
import { bare } from "../../../../kernel/faces/design"
import {
  type BlockDocument,
  blockAt,
  blockDropped,
  blockNudged,
  blockSet,
  type Place,
  placeOf,
} from "../../../../kernel/faces/page"
import type { FieldMeta } from "../../../../kernel/meta"
import { factsOf } from "../../../../kernel/shape"
import { Options } from "../../../../ui/inputs"
import { Labelled } from "../../../../ui/labelled"
import { useWords } from "../../../../ui/words"
import { FieldOrder } from "../../faces/FieldOrder"
import { LabelInput } from "../../faces/LabelInput"
import { RolesPicker } from "../../faces/RolesPicker"
import { RuleInput } from "../../faces/RuleInput"
import { Heading } from "../../forms/parts/SectionProperties"
import type { PageDrawing } from "../PageDesigner"
import { useBlockName } from "./block_name"

/** What the page is called and for whom it is. */
export function PageProperties({ page, change }: PageDrawing) {
  const say = useWords()
  return (
    <div className="pane">
      <h2 className="pane-title">{say("pages.page")}</h2>
      <LabelInput
        label={say("faces.label")}
        said={page.label}
        onChange={(label) => change({ ...page, label })}
      />
      <RolesPicker roles={page.roles ?? []} onChange={(roles) => change({ ...page, roles })} />
    </div>
  )
}

/** A block: its heading, what it shows and in which order, when it is there. */
export function BlockProperties(props: PageDrawing & { place: Place }) {
  const { page, object, place, change, choose, problems } = props
  const say = useWords()
  const nameOf = useBlockName(object)
  const { data: known } = useSuspenseQuery(catalog())
  const block = blockAt(page, place)
  if (!block) return null
  const set = (said: Partial<BlockDocument>) =>
    change(blockSet(page, place, (one) => bare({ ...one, ...said })))
  function nudge(way: "up" | "down") {
    const moved = blockNudged(page, place, way)
    change(moved.page)
    choose(moved.place)
  }
  const size = (place.area < 0 ? page.top : (page.columns[place.area]?.blocks ?? [])).length
  const relation = object.relations.find((one) => one.key === block.relation)
  const child = relation && known.object(relation.object)
  const wrong = problems.filter((one) => {
    const at = placeOf(one.path)
    return at?.area === place.area && at.at === place.at
  })
  return (
    <div className="pane">
      <Heading
        title={nameOf(block)}
        onUp={place.at > 0 ? () => nudge("up") : undefined}
        onDown={place.at < size - 1 ? () => nudge("down") : undefined}
        onDrop={() => {
          change(blockDropped(page, place))
          choose(undefined)
        }}
      />
      {wrong.map((one) => (
        <p key={one.path + one.code} className="pane-wrong" role="alert">
          {one.message}
        </p>
      ))}
      <LabelInput
        label={say("forms.heading")}
        said={block.label}
        onChange={(label) => set({ label })}
      />
      {block.block === "stage" && (
        <Chosen
          label={say("pages.stage.field")}
          value={block.field}
          choices={object.fields.filter((one) => one.kind === "option")}
          onChange={(field) => set({ field })}
        />
      )}
      {(block.block === "related" || block.block === "journal") && (
        <Chosen
          label={say("pages.relation")}
          value={block.relation}
          choices={object.relations}
          onChange={(one) => set({ relation: one, fields: undefined })}
        />
      )}
      {block.block === "related" && child && (
        <Labelled label={say("pages.limit")}>
          {(field) => (
            <select
              id={field.id}
              className="input"
              value={block.limit ?? 4}
              onChange={(event) => set({ limit: Number(event.target.value) })}
            >
              {[2, 3, 4, 6, 8, 12, 20].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      {(block.block === "facts" || (block.block === "related" && child)) && (
        <FieldOrder
          label={say("forms.fields")}
          hint={say(block.block === "facts" ? "pages.fields.all" : "pages.fields.some")}
          fields={listed(child ? child.fields : factsOf(object))}
          chosen={block.fields ?? []}
          onChange={(fields) => set({ fields })}
        />
      )}
      <RuleInput
        rule="visible"
        object={object.key}
        value={block.visible ?? ""}
        onChange={(visible) => set({ visible })}
      />
    </div>
  )
}

const UNSHOWN = new Set(["id", "json", "children"])

function listed(fields: readonly FieldMeta[]): FieldMeta[] {
  return fields.filter((one) => !UNSHOWN.has(one.kind))
}

function Chosen({
  label,
  value,
  choices,
  onChange,
}: {
  label: string
  value: string | undefined
  choices: readonly { key: string; label: string }[]
  onChange: (key: string | undefined) => void
}) {
  const say = useWords()
  return (
    <Labelled label={label}>
      {(field) => (
        <select
          id={field.id}
          className="input"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          <option value="">{say("pages.usual")}</option>
          <Options of={choices} />
        </select>
      )}
    </Labelled>
  )
}

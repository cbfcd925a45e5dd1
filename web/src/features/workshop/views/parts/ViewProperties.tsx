import { ArrowDownAZ, ArrowUpAZ } from "lucide-react"
import { ExpressionInput } from "../../../../fields/expression"
import { GroupingFields } from "../../../../fields/grouping"
import { groupedIn, LAYOUTS, turned, type ViewDocument } from "../../../../kernel/faces/view"
import { byOf, usualMeasures, usualOrder } from "../../../../kernel/groups"
import { type FieldMeta, fieldOf } from "../../../../kernel/meta"
import { IconButton } from "../../../../ui/button"
import { Labelled } from "../../../../ui/labelled"
import { useWords } from "../../../../ui/words"
import { FieldOrder } from "../../faces/FieldOrder"
import { LabelInput } from "../../faces/LabelInput"
import { RolesPicker } from "../../faces/RolesPicker"
import type { ViewDrawing } from "../ViewDesigner"

const GROUPS = new Set(["option", "user", "lookup", "boolean", "department", "region", "rating"])

/** What the view is called, which records it shows, in which order and look, and to whom. */
export function ViewProperties({ view, object, change }: ViewDrawing) {
  const say = useWords()
  const ordered = object.fields.filter((one) => one.ordered)
  const keys = view.order.map((one) => one.replace(/^-/, ""))
  return (
    <div className="pane">
      <h2 className="pane-title">{say("views.view")}</h2>
      <LabelInput
        label={say("faces.label")}
        said={view.label}
        onChange={(label) => change({ ...view, label })}
      />
      <div className="rule">
        <div className="rule-head">
          <span>{say("views.where")}</span>
        </div>
        <ExpressionInput
          object={object.key}
          label={say("views.where")}
          value={view.where ?? ""}
          expects="boolean"
          more={{ trial: false, placeholder: say("views.where.like") }}
          onChange={(where) => change({ ...view, where: where || undefined })}
        />
      </div>
      <div>
        <FieldOrder
          label={say("views.order")}
          fields={ordered}
          chosen={keys}
          onChange={(next) =>
            change({
              ...view,
              order: next.map((key) => (view.order.includes(`-${key}`) ? `-${key}` : key)),
            })
          }
        />
        <div className="sort-turns">
          {view.order.map((one) => {
            const down = one.startsWith("-")
            const label = labelOf(ordered, one.replace(/^-/, ""))
            return (
              <IconButton
                key={one}
                label={`${label} ${say(down ? "sort.down" : "sort.up")}`}
                onClick={() =>
                  change({
                    ...view,
                    order: view.order.map((each) => (each === one ? turned(one) : each)),
                  })
                }
              >
                {down ? <ArrowDownAZ size={15} /> : <ArrowUpAZ size={15} />}
                <span>{label}</span>
              </IconButton>
            )
          })}
        </div>
      </div>
      <Labelled label={say("views.layout")}>
        {(field) => (
          <select
            id={field.id}
            className="input"
            value={view.layout ?? "table"}
            onChange={(event) => change(laidOut(view, event.target.value))}
          >
            {LAYOUTS.map((one) => (
              <option key={one} value={one}>
                {say(`views.layout.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {(view.layout ?? "table") === "table" ? (
        <div className="rule">
          <div className="rule-head">
            <span>{say("views.group")}</span>
          </div>
          <TableGroups view={view} object={object} change={change} />
        </div>
      ) : (
        <Labelled label={say("views.group")}>
          {(field) => (
            <select
              id={field.id}
              className="input"
              value={view.group ?? ""}
              onChange={(event) => change(groupedIn(view, event.target.value))}
            >
              <option value="">{say("views.group.none")}</option>
              {object.fields
                .filter((one) => GROUPS.has(one.kind))
                .map((one) => (
                  <option key={one.key} value={one.key}>
                    {one.label}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
      )}
      <RolesPicker roles={view.roles ?? []} onChange={(roles) => change({ ...view, roles })} />
    </div>
  )
}

function labelOf(fields: readonly FieldMeta[], key: string): string {
  return fields.find((one) => one.key === key)?.label ?? key
}

/** The groups of a table: where nothing is said of their order and sums, they are as usual. */
function TableGroups({ view, object, change }: Omit<ViewDrawing, "problems">) {
  const by = byOf(object.fields, view.group)
  const columns = view.select.flatMap((one) => fieldOf(object, one) ?? [])
  const measures = view.measures ?? usualMeasures(columns)
  return (
    <GroupingFields
      object={object}
      now={{ by, order: view.group_order ?? usualOrder(by), measures }}
      onBy={(to) => change(groupedIn(view, to))}
      onOrder={(order) =>
        // An order by a sum wants the sum to be said.
        change({
          ...view,
          group_order: order,
          measures: order?.includes("(") ? measures : view.measures,
        })
      }
      onMeasures={(next, order) =>
        change({ ...view, measures: next, group_order: view.group_order && order })
      }
    />
  )
}

/** Another layout: days and bands are for tables only. */
function laidOut(view: ViewDocument, to: string): ViewDocument {
  const layout = LAYOUTS.find((one) => one === to)
  if (layout === "table" || layout === undefined) return { ...view, layout }
  const [group] = view.group?.split(" ") ?? []
  return { ...groupedIn(view, ""), group, layout }
}

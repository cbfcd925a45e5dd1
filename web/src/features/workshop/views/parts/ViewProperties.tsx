import { ArrowDownAZ, ArrowUpAZ } from "lucide-react"
import { ExpressionInput } from "../../../../fields/expression"
import { LAYOUTS, turned, type ViewDocument } from "../../../../kernel/faces/view"
import { groupable } from "../../../../kernel/groups"
import type { FieldMeta, ObjectMeta } from "../../../../kernel/meta"
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
            onChange={(event) =>
              change({ ...view, layout: LAYOUTS.find((one) => one === event.target.value) })
            }
          >
            {LAYOUTS.map((one) => (
              <option key={one} value={one}>
                {say(`views.layout.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={say("views.group")}>
        {(field) => (
          <select
            id={field.id}
            className="input"
            value={view.group ?? ""}
            onChange={(event) => change({ ...view, group: event.target.value || undefined })}
          >
            <option value="">{say("views.group.none")}</option>
            {groupsOf(view, object).map((one) => (
              <option key={one.key} value={one.key}>
                {one.label}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <RolesPicker roles={view.roles ?? []} onChange={(roles) => change({ ...view, roles })} />
    </div>
  )
}

function labelOf(fields: readonly FieldMeta[], key: string): string {
  return fields.find((one) => one.key === key)?.label ?? key
}

/** What the lines of a table, or the columns of a board, can be put under. */
function groupsOf(view: ViewDocument, object: ObjectMeta): FieldMeta[] {
  if ((view.layout ?? "table") === "table") return groupable(object.fields)
  return object.fields.filter((one) => GROUPS.has(one.kind))
}

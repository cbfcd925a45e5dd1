import { Group as GroupIcon } from "lucide-react"
import { GroupingFields } from "../../../fields/grouping"
import { groupable } from "../../../kernel/groups"
import { Button } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useWords } from "../../../ui/words"
import type { ListState } from "../state"
import "./groups.css"

/** How lines are grouped, kept in the address. */
export function GroupMenu({ state }: { state: ListState }) {
  const say = useWords()
  if (groupable(state.object.fields).length === 0) return null
  const { group: now } = state
  return (
    <Float
      label={say("group.title")}
      trigger={
        <Button look="quiet" small icon={<GroupIcon size={14} />} data-on={now !== undefined}>
          {now ? say("group.by", { field: now.field.label }) : say("group.title")}
        </Button>
      }
    >
      <div className="group-menu">
        <GroupingFields
          object={state.object}
          now={{ by: now, order: state.groupOrder, measures: state.measures }}
          // Off where the view groups is said, too.
          onBy={(by) => state.set({ group: by || (state.view?.group ? "-" : undefined) })}
          onOrder={(groups) => state.set({ groups })}
          onMeasures={(measures, groups) => state.set({ sums: measures.join(",") || "-", groups })}
        />
      </div>
    </Float>
  )
}

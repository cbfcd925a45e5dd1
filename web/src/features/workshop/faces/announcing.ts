import type { Announcements } from "@dnd-kit/core"
import type { Say } from "../../../ui/words"

/** What is told to those who do not see what is dragged. */
export function announcing(say: Say): Announcements {
  return {
    onDragStart: () => say("faces.drag.held"),
    onDragOver: () => undefined,
    onDragEnd: ({ over }) => say(over ? "faces.drag.put" : "faces.drag.left"),
    onDragCancel: () => say("faces.drag.left"),
  }
}

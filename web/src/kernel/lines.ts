/** The lines of sub-tables as they are sent: which one it is, and what may be written of it. */

import { type Catalog, fieldOf, type ObjectMeta, type Value } from "./meta"

/** The values with every line trimmed to what may be given; what a line computes is its own matter. */
export function linesSent(
  known: Catalog,
  object: ObjectMeta,
  values: Record<string, Value>,
): Record<string, Value> {
  const sent = Object.entries(values).map(([key, value]) => {
    const field = fieldOf(object, key)
    const child = field?.kind === "children" && known.object(field.object ?? "")
    if (!child || !Array.isArray(value)) return [key, value] as const
    return [key, value.map((line) => lineSent(child, field.settings.field, line))] as const
  })
  return Object.fromEntries(sent)
}

function lineSent(child: ObjectMeta, back: string | undefined, line: Value): Value {
  if (typeof line !== "object" || line === null || Array.isArray(line)) return line
  const deed = "id" in line ? "update" : "create"
  return Object.fromEntries(
    Object.entries(line).filter(
      ([key]) => key === "id" || (key !== back && fieldOf(child, key)?.[deed]),
    ),
  )
}

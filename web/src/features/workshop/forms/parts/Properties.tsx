import type { Drawing } from "../FormDesigner"
import { FieldProperties } from "./FieldProperties"
import { FormProperties } from "./FormProperties"
import { SectionProperties, TabProperties } from "./SectionProperties"

/** What is chosen, and everything that can be said of it. */
export function Properties(drawing: Drawing) {
  const { choice } = drawing
  switch (choice.what) {
    case "form":
      return <FormProperties {...drawing} />
    case "section":
      return <SectionProperties {...drawing} room={choice.room} />
    case "tab":
      return <TabProperties {...drawing} tab={choice.tab} />
    case "field":
      return <FieldProperties key={choice.field} {...drawing} name={choice.field} />
  }
}

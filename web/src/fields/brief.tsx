import type { Catalog, FieldMeta, RecordData } from "../kernel/meta"
import { Shown } from "./show"

const REACHED = ["phone", "email", "url"]

/** Some facts of a record beside its title, where the whole line is a link: so none in it is one. */
export function Brief({
  record,
  facts,
  known,
}: {
  record: RecordData
  facts: readonly FieldMeta[]
  known: Catalog
}) {
  return facts
    .filter((field) => record[field.key] !== null && record[field.key] !== undefined)
    .map((field) => (
      // Two texts beside each other would run into one.
      <span key={field.key} className="clip">
        <Shown
          field={REACHED.includes(field.kind) ? { ...field, kind: "text" } : field}
          value={record[field.key]}
          name={known.named(record, field)}
        />
      </span>
    ))
}

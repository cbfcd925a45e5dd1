import type { Catalog, FieldMeta, RecordData } from "../../kernel/meta"

/** A value as a spreadsheet gets it: names for ids, labels for options, lists with commas. */
export function plainText(known: Catalog, field: FieldMeta, record: RecordData): string {
  const value = record[field.key]
  if (value === null || value === undefined) return ""
  const named = known.named(record, field)
  if (named !== undefined) return named
  const label = (one: unknown) =>
    field.options.find((option) => option.key === one)?.label ?? String(one)
  if (Array.isArray(value)) return value.map(label).join(", ")
  return typeof value === "object" ? JSON.stringify(value) : label(value)
}

import { useQuery } from "@tanstack/react-query"
import { records } from "../../../data/recipes"
import { Shown } from "../../../fields/show"
import { quoted } from "../../../kernel/expression/write"
import type { Catalog, ObjectMeta, RecordData } from "../../../kernel/meta"
import { apartBy } from "../../../kernel/shape"

/** Reads what tells some records of one object apart. */
export function useApart(object: ObjectMeta, known: Catalog, ids: readonly string[]): RecordData[] {
  const select = ["id", ...apartBy(object).flatMap((one) => known.asked(one))]
  const where = `id in [${ids.map(quoted).join(", ")}]`
  const found = useQuery({
    ...records.page(object.key, { where, select, limit: ids.length }),
    enabled: ids.length > 0 && select.length > 1,
  })
  return found.data?.items ?? []
}

/** Where a record is reached, where it is and whose it is, as far as that is filled in and seen. */
export function Apart({
  object,
  known,
  record,
}: {
  object: ObjectMeta
  known: Catalog
  record: RecordData | undefined
}) {
  if (!record) return null
  return apartBy(object)
    .filter((one) => ![null, undefined, ""].includes(record[one.key] as string))
    .map((one) => (
      <span key={one.key} title={one.label}>
        {" · "}
        <Shown field={one} value={record[one.key]} name={known.named(record, one)} />
      </span>
    ))
}

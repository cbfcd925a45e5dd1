import type { Catalog, ObjectMeta, RecordData } from "../../kernel/meta"

/** The record a part of the page is about. */
export interface Place {
  object: ObjectMeta
  record: RecordData
  known: Catalog
}

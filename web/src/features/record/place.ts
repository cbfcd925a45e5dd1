import type { Catalog, ObjectMeta, RecordData } from "../../kernel/meta"

/** The record a part of the page is about. */
export interface Place {
  object: ObjectMeta
  record: RecordData
  known: Catalog
  /** It is shown as it was, and cannot be changed. */
  past?: boolean
}

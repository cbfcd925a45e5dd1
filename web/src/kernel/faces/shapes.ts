/** Forms and pages as the server tells them: only what the viewer may see is in them. */

export type Purpose = "create" | "edit" | "mobile" | "public"

/** What a form does with a field while the record is filled in; each an expression. */
export interface Rules {
  visible?: string
  required?: string
  readonly?: string
  default?: string
  computed?: string
}

export interface PlacedFace extends Rules {
  field: string
  width: number
  label?: string
  help?: string
  placeholder?: string
  /** Of a sub-table: the fields of its lines. */
  columns?: string[]
}

export interface SectionFace {
  label?: string
  help?: string
  columns: number
  folded?: boolean
  visible?: string
  fields: PlacedFace[]
}

export interface TabFace {
  label: string
  visible?: string
  sections: SectionFace[]
}

export interface FormFace {
  key: string
  label: string
  purpose: Purpose[]
  /** Whether the fields it does not name can be opened below. */
  rest: boolean
  sections: SectionFace[]
  tabs: TabFace[]
}

export type BlockKind = "facts" | "timeline" | "journal" | "related" | "quality" | "stage"

export interface BlockFace {
  block: BlockKind
  label?: string
  fields?: string[]
  relation?: string
  field?: string
  limit?: number
  visible?: string
}

export type ColumnWidth = "narrow" | "medium" | "wide"

export interface ColumnFace {
  width: ColumnWidth
  blocks: BlockFace[]
}

export interface PageFace {
  key: string
  label: string
  top: BlockFace[]
  columns: ColumnFace[]
}

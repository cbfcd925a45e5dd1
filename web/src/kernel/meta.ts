/** What the server tells of the workspace: its objects, their fields, who asks. Shapes only. */

import type { FormFace, PageFace } from "./faces/shapes"

export type Level = "write" | "read" | "masked"

export interface OptionMeta {
  key: string
  label: string
  color: string
  stopped: boolean
  /** Other option fields of the record, and which of their options this one goes with. */
  when?: Record<string, string[]>
}

export interface FieldMeta {
  key: string
  kind: string
  type: string
  label: string
  help: string
  required: boolean
  unique: boolean
  /** Given by the platform: `id`, `created_at` … */
  system: boolean
  ordered: boolean
  searched: boolean
  /** Whether lists are often filtered or ordered by it. */
  indexed: boolean
  operators: string[]
  /** The object it points at. */
  object: string | null
  settings: {
    decimals?: number
    min?: string | number
    max?: string | number
    currency?: string
    max_length?: number
    accept?: string[]
    field?: string
    /** Of a long text: the field of several people that keeps whom it mentions. */
    mentions?: string
  }
  options: OptionMeta[]
  level: Level
  create: boolean
  update: boolean
}

export interface RelationMeta {
  key: string
  object: string
  field: string
  label: string
}

export type Action =
  | "read"
  | "create"
  | "update"
  | "delete"
  | "export"
  | "import"
  | "transfer"
  | "share"
  | "merge"
  | "print"

export interface ObjectMeta {
  key: string
  label: string
  plural: string
  icon?: string
  title: string
  order: string[]
  may: Record<Action, boolean>
  fields: FieldMeta[]
  relations: RelationMeta[]
  /** How its records are filled in and shown, those for one's role first. */
  forms?: FormFace[]
  pages?: PageFace[]
}

export interface ViewMeta {
  id: string | null
  key: string | null
  object: string
  label: string
  select: string[]
  where: string | null
  order: string[]
  /** The columns that stay in sight when the table is moved sideways. */
  pinned: string[]
  group: string | null
  /** In which order groups stand, and what is summed of each; without a word it is as usual. */
  group_order?: string | null
  measures?: string[] | null
  layout: "table" | "board" | "calendar" | "gallery"
  usable: boolean
  owner: { id: string; name: string } | null
  level: "own" | "read" | "write"
}

export interface Me {
  user: { id: string; name: string; label: string; login: string }
  workspace: string
  roles: string[]
  configure: boolean
  people: boolean
  audit: boolean
  /** Whether one may write roles; with separated powers that is not who configures. */
  write_roles: boolean
  /** Whether one may look through other people's eyes. */
  view_as: boolean
  approve_exports: boolean
  /** Who really looks, if that is somebody else. */
  seen_by: string | null
  /** The time zone in which days are counted. */
  zone: string
  first?: string
}

/** A value as JSON has it. Exact decimals are texts. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

export type RecordData = { id: string; version?: number } & { [key: string]: Value | undefined }

const PEOPLE: Record<string, string> = { user: "name", department: "name" }

/** The objects by key, with the questions pages ask of them. */
export class Catalog {
  readonly byKey: ReadonlyMap<string, ObjectMeta>

  constructor(readonly objects: readonly ObjectMeta[]) {
    this.byKey = new Map(objects.map((one) => [one.key, one]))
  }

  object(key: string): ObjectMeta | undefined {
    return this.byKey.get(key)
  }

  /** The field by which a record of an object is called, or undefined if that is not to be seen. */
  titleOf(key: string): string | undefined {
    return this.byKey.get(key)?.title ?? PEOPLE[key]
  }

  /** What has to be asked for to show a field: the field, and the title of what it points at. */
  asked(field: FieldMeta): string[] {
    const title = field.object && pointsAtOne(field) ? this.titleOf(field.object) : undefined
    return title ? [field.key, `${field.key}.${title}`] : [field.key]
  }

  /** What a record calls what a field of it points at. */
  named(record: RecordData, field: FieldMeta): string | undefined {
    const title = field.object ? this.titleOf(field.object) : undefined
    const name = title ? record[`${field.key}.${title}`] : undefined
    return typeof name === "string" ? name : undefined
  }
}

export function fieldOf(object: ObjectMeta, key: string): FieldMeta | undefined {
  return object.fields.find((one) => one.key === key)
}

export function pointsAtOne(field: FieldMeta): boolean {
  return field.kind === "lookup" || field.kind === "user" || field.kind === "department"
}

export function titleOfRecord(object: ObjectMeta, record: RecordData): string {
  const title = record[object.title]
  return typeof title === "string" && title !== "" ? title : object.label
}

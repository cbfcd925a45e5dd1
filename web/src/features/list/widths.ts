import { useState } from "react"
import { keep, kept } from "../../data/preferences"
import type { FieldMeta } from "../../kernel/meta"

const LEAST = 72
const MOST = 720

const USUAL: Record<string, number> = {
  company_name: 240,
  person_name: 120,
  lookup: 200,
  user: 120,
  department: 130,
  option: 120,
  tags: 180,
  options: 180,
  phone: 150,
  email: 200,
  region: 180,
  address: 200,
  long_text: 320,
  text: 180,
  boolean: 90,
}
const BY_TYPE: Record<string, number> = {
  money: 120,
  number: 110,
  percent: 90,
  date: 120,
  datetime: 140,
}

/** Where the table's own column ends, which has the marks. */
const MARKS = 44

/** Where each column that stays in sight begins, in pixels from the left. */
export function pinsOf(columns: readonly FieldMeta[], pinned: number, widths: Widths): number[] {
  let left = MARKS
  return columns.slice(0, pinned).map((one) => {
    const here = left
    left += widths.of(one)
    return here
  })
}

export interface Widths {
  of: (field: FieldMeta) => number
  set: (field: FieldMeta, width: number) => void
  keep: () => void
}

/** How wide the columns of an object are, as this browser remembers it. */
export function useWidths(object: string, columns: FieldMeta[]): Widths {
  const [own, setOwn] = useState<Record<string, number>>(() => read(kept(`widths.${object}`)))
  const usual = (field: FieldMeta) =>
    (USUAL[field.kind] ?? BY_TYPE[field.type] ?? 150) + (field === columns[0] ? 40 : 0)
  return {
    of: (field) => own[field.key] ?? usual(field),
    set: (field, width) =>
      setOwn((now) => ({
        ...now,
        [field.key]: Math.round(Math.min(MOST, Math.max(LEAST, width))),
      })),
    keep: () =>
      setOwn((now) => {
        keep(`widths.${object}`, JSON.stringify(now))
        return now
      }),
  }
}

function read(text: string | null): Record<string, number> {
  try {
    const told: unknown = JSON.parse(text ?? "{}")
    if (typeof told !== "object" || told === null) return {}
    return Object.fromEntries(Object.entries(told).filter(([, width]) => typeof width === "number"))
  } catch {
    return {}
  }
}

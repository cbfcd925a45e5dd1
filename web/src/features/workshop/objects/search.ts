export type Part = "fields" | "relations" | "rules" | "match" | "basics" | "versions"
const PARTS: readonly string[] = ["fields", "relations", "rules", "match", "basics", "versions"]

export interface DesignerSearch {
  part?: Part
  field?: string
}

/** What the address of the designer says: which part is open, which field is picked. */
export function designerSearch(search: Record<string, unknown>): DesignerSearch {
  const part = String(search.part ?? "")
  return {
    part: PARTS.includes(part) && part !== "fields" ? (part as Part) : undefined,
    field: typeof search.field === "string" ? search.field : undefined,
  }
}

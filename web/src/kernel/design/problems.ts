/** Where in a document the server found something wrong. */

export interface Told {
  path: string
  code: string
  message: string
  hint?: string
}

export interface Placed extends Told {
  /** The number of the field, if it is about one. */
  field?: number
  /** The member of the document or of the field. */
  member: string
  document: number
}

const PATH = /^(?:documents\[(\d+)\]|\[(\d+)\])?\.?(?:fields\[(\d+)\])?\.?([^.:[]*)/

/** Reads `documents[0].fields[2].formula:1:8`. */
export function placed(one: Told): Placed {
  const found = PATH.exec(one.path)
  const field = found?.[3]
  return {
    ...one,
    document: Number(found?.[1] ?? found?.[2] ?? 0),
    field: field === undefined ? undefined : Number(field),
    member: found?.[4] ?? "",
  }
}

/** What the server refuses, in the shape in which it said it, to the last pixel. */

export interface Complaint {
  path: string
  code: string
  message: string
  hint?: string
}

export interface Duplicate {
  id?: string
  /** Where it is one of another object: a customer that is a lead already. */
  object?: string
  /** Stands for one that may not be seen: by it, access is asked for. */
  card?: string
  title?: string
  protected_until?: string
  owner?: string | { id?: string; name?: string } | null
  score: number
  reasons: unknown[]
}

interface ProblemDocument {
  type?: string
  title?: string
  detail?: string
  hint?: string
  errors?: Complaint[]
  duplicates?: Duplicate[]
}

export class Fault extends Error {
  readonly status: number
  /** The one word for what is wrong, as it is in the reference of faults. */
  readonly word: string
  readonly says: string
  readonly hint: string
  readonly errors: Complaint[]
  readonly duplicates: Duplicate[]
  readonly retryAfter: number

  constructor(status: number, document: ProblemDocument, retryAfter = 0) {
    const says = document.errors?.[0]?.message || document.detail || document.title || `${status}`
    super(says)
    this.status = status
    this.word = document.type?.split("#")[1] ?? ""
    this.says = says
    this.hint = document.hint ?? document.errors?.[0]?.hint ?? ""
    this.errors = document.errors ?? []
    this.duplicates = document.duplicates ?? []
    this.retryAfter = retryAfter
  }
}

/** Reads an answer that is no success; what is no problem document is still a fault. */
export async function faultOf(answer: Response): Promise<Fault> {
  const told: unknown = await answer.json().catch(() => ({}))
  const document = typeof told === "object" && told !== null ? (told as ProblemDocument) : {}
  return new Fault(answer.status, document, Number(answer.headers.get("retry-after") ?? 0))
}

/** Says whether a try can be repeated with some hope. */
export function passing(error: unknown): boolean {
  return !(error instanceof Fault) || error.status >= 502
}

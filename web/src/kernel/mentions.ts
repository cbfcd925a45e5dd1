/** Whom a text mentions: it has names (`@钱强`), the record keeps beside it who is meant. Pure. */

export interface Called {
  id: string
  name: string
}

/** A mention that is being written: where its @ stands, and what was written of the name so far. */
export interface Asked {
  from: number
  search: string
}

/** Behind a letter or digit of ours an @ belongs to an address of e-mail. */
const ASKED = /(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠,，.。;；:：!！?？、]{0,20})$/

/** The mention that is being written where the caret stands. An input method parts syllables by '. */
export function asked(text: string, caret: number): Asked | undefined {
  const found = ASKED.exec(text.slice(0, caret))
  if (!found) return undefined
  const written = found[1] ?? ""
  return { from: caret - written.length - 1, search: written.replaceAll("'", "") }
}

/** The text with somebody's name for what was being written, and where the caret goes. */
export function filledIn(text: string, caret: number, mention: Asked, name: string) {
  const before = `${text.slice(0, mention.from)}@${name} `
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length }
}

export type Piece = string | Called

/** A text in pieces: what is said, and who is mentioned. The longer of two names is read. */
export function pieces(text: string, called: readonly Called[]): Piece[] {
  const names = [...called].filter((one) => one.name !== "").sort(longestFirst)
  const found: Piece[] = []
  let said = ""
  for (let at = 0; at < text.length; ) {
    const one =
      text[at] === "@" ? names.find((each) => text.startsWith(each.name, at + 1)) : undefined
    if (!one) {
      said += text[at]
      at += 1
      continue
    }
    if (said) found.push(said)
    found.push(one)
    said = ""
    at += one.name.length + 1
  }
  return said ? [...found, said] : found
}

/** Who is still meant after the text was changed: only a name that was taken out of it goes. */
export function meant(
  ids: readonly string[],
  before: string,
  after: string,
  called: readonly Called[],
): string[] {
  const was = mentioned(before, called)
  const is = mentioned(after, called)
  return ids.filter((id) => is.has(id) || !was.has(id))
}

export function mentioned(text: string, called: readonly Called[]): ReadonlySet<string> {
  return new Set(pieces(text, called).flatMap((one) => (typeof one === "string" ? [] : one.id)))
}

function longestFirst(one: Called, other: Called): number {
  return other.name.length - one.name.length
}

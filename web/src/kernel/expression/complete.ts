/** What could be written next: fields, relations, options and functions, best first. */

import { type Named, namesOf, type Scene, walked } from "./names"

export interface Callable {
  name: string
  group: string
  usage: string
  doc: string
  event: boolean
  examples: readonly { text: string; gives: string | null }[]
}

export interface Piece {
  kind: "text" | "number" | "name" | "call" | "word" | "sign"
  start: number
  end: number
  text: string
}

export interface Completion {
  kind: "field" | "relation" | "option" | "function" | "word"
  label: string
  detail: string
  /** What is written in the place of what stands from `from` to the caret. */
  insert: string
  from: number
  doc?: string
}

const PIECES =
  /(?<text>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[“”](?:[^“”\\]|\\.)*[“”]?)|(?<number>\d+(?:\.\d+)?[万亿]?)|(?<name>(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*\}?)(?:\.(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*\}?))*\.?)|(?<sign>[^\s\p{L}\p{N}_])/gu
const WORDS =
  /^(and|or|not|in|between|contains|starts|ends|with|has|any|all|is|empty|true|false|this|last|next|today|yesterday|tomorrow|weeks?|months?|years?|days?|hours?|minutes?|quarters?|或者?|并?且|包含|不包含|属于|不属于|为空|不为空|介于)$/iu
const OVER = /^(COUNT|SUM|AVG|MIN|MAX|LATEST|FIRST|LIST|EXISTS)$/i
const MOST = 40
const LINKS = ["and", "or", "not", "is empty", "is not empty", "in", "contains", "between"]

/** The pieces of an expression in a row, for colours and completion; it need not be sound. */
export function pieces(text: string): Piece[] {
  return [...text.matchAll(PIECES)].map((found) => {
    const [whole] = found
    const start = found.index
    const kind = (Object.entries(found.groups ?? {}).find(([, one]) => one !== undefined)?.[0] ??
      "sign") as Piece["kind"]
    const piece = { kind, start, end: start + whole.length, text: whole }
    if (kind !== "name") return piece
    if (/^\s*[(（]/.test(text.slice(piece.end))) return { ...piece, kind: "call" }
    return WORDS.test(whole) ? { ...piece, kind: "word" } : piece
  })
}

/** The call the caret stands in, with the number of the argument, from the outermost in. */
interface Within {
  name: string
  argument: number
  first: string
}

function within(before: readonly Piece[], text: string): Within[] {
  const open: (Within & { from: number })[] = []
  let called = ""
  for (const one of before) {
    if (one.kind === "call") called = one.text
    else if (/^[(（[【]$/.test(one.text)) {
      open.push({ name: called, argument: 0, first: "", from: one.end })
      called = ""
    } else if (/^[)）\]】]$/.test(one.text)) open.pop()
    else if (/^[,，;；]$/.test(one.text)) {
      const last = open.at(-1)
      if (last && last.argument++ === 0) last.first = text.slice(last.from, one.start).trim()
    }
  }
  return open
}

/** On whose records a name at the caret would be read. */
export function objectAt(text: string, caret: number, scene: Scene): string {
  const before = pieces(text).filter((one) => one.end <= caret)
  return within(before, text).reduce((object, one) => {
    if (!OVER.test(one.name) || one.argument === 0) return object
    return relatedOf(one.first, object, scene) ?? object
  }, scene.object)
}

function relatedOf(path: string, object: string, scene: Scene): string | undefined {
  const steps = path.split(".")
  for (let length = steps.length; length > 0; length--) {
    const found = walked(steps.slice(0, length), object, scene)
    if (found?.many && found.object) return found.object
  }
  return undefined
}

/** The call whose argument stands at the caret, for telling how it is used. */
export function callAt(
  text: string,
  caret: number,
): { name: string; argument: number } | undefined {
  const before = pieces(text).filter((one) => one.end <= caret)
  return within(before, text)
    .filter((one) => one.name !== "")
    .at(-1)
}

export function completions(
  text: string,
  caret: number,
  scene: Scene,
  functions: readonly Callable[],
): Completion[] {
  const head = text.slice(0, caret)
  const inText = pieces(head).at(-1)
  if (inText?.kind === "text" && inText.end === caret && !closed(inText.text))
    return options(head, inText.start, inText.text.slice(1), scene)
  const path = /(?:(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*\})\.)*(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*)?$/u
  const typed = path.exec(head)?.[0] ?? ""
  if (typed === "" && inText && !opens(inText)) return []
  const steps = typed.split(".")
  const last = (steps.pop() ?? "").replace(/^\{/, "")
  const from = caret - (typed.length - (typed.lastIndexOf(".") + 1))
  const base = objectAt(text, caret - typed.length, scene)
  const object = steps.length ? walked(steps, base, scene)?.object : base
  const names = object ? namesOf(object, scene) : []
  const call = callAt(text, caret - typed.length)
  const over = steps.length === 0 && call?.argument === 0 && OVER.test(call.name)
  const fields = ranked(names, last, over).map((one) => ofName(one, from))
  if (steps.length) return fields.slice(0, MOST)
  const wished = last === "" ? options(head, caret, "", scene) : []
  const calls = functions
    .filter((one) => last !== "" && one.name.toLowerCase().startsWith(last.toLowerCase()))
    .map((one) => ofCall(one, from))
  const words = LINKS.filter((one) => last.length > 1 && one.startsWith(last.toLowerCase())).map(
    (one): Completion => ({ kind: "word", label: one, detail: "", insert: `${one} `, from }),
  )
  return [...wished, ...fields, ...calls, ...words].slice(0, MOST)
}

/** Whether something can begin after a piece: after `(`, `=`, `and`, not after a name. */
function opens(piece: Piece): boolean {
  return piece.kind === "word" || (piece.kind === "sign" && !/^[)）\]】}]$/.test(piece.text))
}

function closed(text: string): boolean {
  return text.length > 1 && /["'“”]$/.test(text)
}

/** Those that fit what is typed, by how well; relations come first where one is wanted. */
function ranked(names: readonly Named[], typed: string, over: boolean): Named[] {
  const low = typed.toLowerCase()
  const rank = (one: Named) => {
    const [key, label] = [one.key.toLowerCase(), one.label.toLowerCase()]
    if (key.startsWith(low) || label.startsWith(low)) return 0
    return key.includes(low) || label.includes(low) ? 1 : 9
  }
  const place = (one: Named) => rank(one) + (over && !one.many ? 2 : 0)
  return names.filter((one) => rank(one) < 2).sort((one, other) => place(one) - place(other))
}

function ofName(one: Named, from: number): Completion {
  return {
    kind: one.many ? "relation" : "field",
    label: one.label,
    detail: one.key,
    insert: one.key,
    from,
  }
}

function ofCall(one: Callable, from: number): Completion {
  return {
    kind: "function",
    label: one.usage,
    detail: "",
    insert: `${one.name}(`,
    from,
    doc: one.doc,
  }
}

/** The options of the field that is compared just before the caret. */
function options(head: string, from: number, typed: string, scene: Scene): Completion[] {
  const compared =
    /((?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*\})(?:\.(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*\}))*)\s*(?:[!<>]?=|<>|in\s*\[[^\]]*|has(?:\s+(?:any|all))?\s*\[?[^\]]*)\s*$/iu.exec(
      head.slice(0, from),
    )?.[1]
  if (!compared) return []
  const field = walked(compared.split("."), objectAt(head, from, scene), scene)
  return (field?.options ?? [])
    .filter((one) => one.label.toLowerCase().includes(typed.toLowerCase()))
    .map((one) => ({
      kind: "option",
      label: one.label,
      detail: one.key === one.label ? "" : one.key,
      insert: `"${one.key.replace(/["\\]/g, "\\$&")}"`,
      from,
    }))
}

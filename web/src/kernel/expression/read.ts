/** Text → tree. The grammar is the server's; `tests/golden/lang` holds both to the same lines. */

import { duration, period } from "./periods"
import { numberTree, type Step, type Tree, Unreadable } from "./tree"

const SIGNS: Record<string, string> = {
  "＝": "=", "==": "=", "≠": "!=", "<>": "!=", "！=": "!=", "！＝": "!=", "!＝": "!=",
  "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "＜=": "<=", "＜＝": "<=", "<＝": "<=",
  "＞=": ">=", "＞＝": ">=", ">＝": ">=", "＆": "&", "＋": "+", "－": "-", "−": "-",
  "＊": "*", "×": "*", "／": "/", "÷": "/", "％": "%",
  包含: "contains", 不包含: "not contains", 属于: "in", 不属于: "not in", 开头是: "starts with", 结尾是: "ends with",
} // biome-ignore format: a table

const END = "(?![\\p{L}\\p{N}_])"
const rule = (source: string) => new RegExp(source, "iuy")
const OR = rule(`or${END}|或者|或|\\|\\|`)
const AND = rule(`and${END}|并且|且|&&`)
const NOT = rule(`not${END}`)
const RELATION = rule(
  `[<＜][=＝]|[>＞][=＝]|[！!][=＝]|<>|==|[=＝<＜>＞≤≥≠]|(?:(?:not\\s+)?(?:in|contains|starts\\s+with|ends\\s+with|has\\s+any|has\\s+all|has))${END}|不?(?:包含|属于)|开头是|结尾是`,
)
const BETWEEN = rule(`(?:not\\s+)?between${END}|介于`)
const FILLED = rule(`is\\s+not\\s+(?:empty|null)${END}|不为空`)
const IS_EMPTY = rule(`is\\s+(?:empty|null)${END}|为空`)
const JOIN = rule("&(?!&)|＆")
const SUM = rule("[+＋\\-－−]")
const PRODUCT = rule("[*＊×/／÷%％]")
const COMMA = rule("[,，、;；]")
const DOT = rule("[.．]")
const OPEN = rule("[(（]")
const CLOSE = rule("[)）]")
const LIST_OPEN = rule("[\\[【]")
const LIST_CLOSE = rule("[\\]】]")
const TEXT = rule(
  "\"(?:[^\"\\\\]|\\\\.|\"\")*\"|'(?:[^'\\\\]|\\\\.|'')*'|[“”](?:[^“”\\\\]|\\\\.)*[“”]|[‘’](?:[^‘’\\\\]|\\\\.)*[‘’]",
)
const DURATION = rule(
  `[0-9]+\\s*(?:(?:minute|hour|day|week|month|quarter|year)s?${END}|分钟|个?小时|天|周|个?月|个?季度|年)`,
)
const NUMBER = rule("[0-9]+(?:\\.[0-9]+)?[万亿]?")
const LITERAL = rule(`(?:true|false|empty)${END}`)
const PERIOD = rule(
  `(?:(?:this|last|next)\\s+(?:minute|hour|day|week|month|quarter|year)|(?:last|next)\\s+[0-9]+\\s+(?:minute|hour|day|week|month|quarter|year)s?|[本上下]个?(?:周|月|季度)|[今本去明]年|(?:最近|近|未来)\\s*[0-9]+\\s*(?:分钟|个?小时|天|周|个?月|个?季度|年))${END}`,
)
const DAY = rule(`(?:today|yesterday|tomorrow|今天|昨天|明天)${END}`)
const NAME = rule("[\\p{L}_][\\p{L}\\p{N}_]*")
const BRACED = rule("[{｛][^{}｛｝]+[}｝]")
const BLANK = rule("[\\s\\ufeff]+")
const KEY = /^[a-z][a-z0-9_]*$/

/** Reads an expression; throws `Unreadable` if the text is none. */
export function parse(text: string): Tree {
  const reading = new Reading(text)
  const tree = reading.either()
  reading.end()
  return tree
}

class Reading {
  private at = 0
  private depth = 0

  constructor(private readonly text: string) {
    this.skip()
  }

  either(): Tree {
    if (++this.depth > 100) throw new Unreadable(this.at, "(")
    const items = [this.every()]
    while (this.take(OR)) items.push(this.every())
    this.depth--
    return items.length === 1 ? (items[0] ?? null) : { op: "or", args: items }
  }

  end(): void {
    if (this.at < this.text.length) this.fail()
  }

  private every(): Tree {
    const items = [this.negation()]
    while (this.take(AND)) items.push(this.negation())
    return items.length === 1 ? (items[0] ?? null) : { op: "and", args: items }
  }

  private negation(): Tree {
    if (this.take(NOT)) return { op: "not", args: [this.negation()] }
    return this.comparison()
  }

  private comparison(): Tree {
    const left = this.texts()
    if (this.take(FILLED)) return { op: "is not empty", args: [left] }
    if (this.take(IS_EMPTY)) return { op: "is empty", args: [left] }
    const between = this.take(BETWEEN)
    if (between) {
      const low = this.texts()
      if (!this.take(AND)) this.fail()
      const held: Tree = { op: "between", args: [left, low, this.texts()] }
      return /^not/i.test(between) ? { op: "not", args: [held] } : held
    }
    const relation = this.take(RELATION)
    if (!relation) return left
    const word = relation.toLowerCase().replace(/\s+/g, " ")
    const op = SIGNS[word] ?? word
    const right = this.texts()
    if (op !== "not in" && op.startsWith("not "))
      return { op: "not", args: [{ op: op.slice(4), args: [left, right] }] }
    return { op, args: [left, right] }
  }

  private texts(): Tree {
    return this.chain(JOIN, () => this.sum())
  }

  private sum(): Tree {
    return this.chain(SUM, () => this.chain(PRODUCT, () => this.signed()))
  }

  private chain(signs: RegExp, next: () => Tree): Tree {
    let left = next()
    for (let sign = this.take(signs); sign; sign = this.take(signs))
      left = { op: SIGNS[sign] ?? sign, args: [left, next()] }
    return left
  }

  private signed(): Tree {
    const sign = this.take(SUM)
    if (!sign) return this.atom()
    const item = this.signed()
    return (SIGNS[sign] ?? sign) === "-" ? { op: "-", args: [item] } : item
  }

  private atom(): Tree {
    const text = this.take(TEXT)
    if (text) return unquoted(text)
    const lasting = this.take(DURATION)
    if (lasting) return { duration: duration(lasting) ?? lasting }
    const number = this.take(NUMBER)
    if (number) return scaled(number)
    const literal = this.take(LITERAL)?.toLowerCase()
    if (literal) return literal === "empty" ? null : literal === "true"
    const when = this.take(PERIOD) ?? (this.called(DAY) ? undefined : this.take(DAY))
    if (when) return { period: period(when) ?? when }
    if (this.take(LIST_OPEN)) return this.listed(LIST_CLOSE)
    if (this.take(OPEN)) return this.grouped()
    return this.named()
  }

  private grouped(): Tree {
    const inside = this.either()
    if (!this.take(CLOSE)) this.fail()
    return inside
  }

  private listed(closing: RegExp): Tree[] {
    const items: Tree[] = []
    if (this.take(closing)) return items
    do items.push(this.either())
    while (this.take(COMMA))
    if (!this.take(closing)) this.fail()
    return items
  }

  private named(): Tree {
    if (this.called(NAME)) {
      const call = (this.take(NAME) ?? "").toUpperCase()
      this.take(OPEN)
      const args = this.listed(CLOSE)
      const joined = (call === "AND" || call === "OR") && args.length > 1
      return joined ? { op: call.toLowerCase(), args } : { call, args }
    }
    const path = [this.step()]
    while (this.take(DOT)) path.push(this.step())
    const plain = path.every((one) => typeof one === "string")
    return { field: plain ? path.join(".") : path }
  }

  private step(): Step {
    const braced = this.take(BRACED)
    if (braced) {
      const inside = braced.slice(1, -1).trim()
      return KEY.test(inside) ? inside : { label: inside }
    }
    const name = this.take(NAME)
    if (name) return name
    return this.fail()
  }

  /** Says whether a word stands here that a parenthesis follows. */
  private called(word: RegExp): boolean {
    word.lastIndex = this.at
    const found = word.exec(this.text)
    return found !== null && /^\s*[(（]/.test(this.text.slice(this.at + found[0].length))
  }

  private take(what: RegExp): string | undefined {
    what.lastIndex = this.at
    const found = what.exec(this.text)?.[0]
    if (!found) return undefined
    this.at += found.length
    this.skip()
    return found
  }

  private skip(): void {
    BLANK.lastIndex = this.at
    this.at += BLANK.exec(this.text)?.[0].length ?? 0
  }

  private fail(): never {
    const found = /^(?:[\p{L}\p{N}_]+|.)/u.exec(this.text.slice(this.at))?.[0] ?? ""
    throw new Unreadable(this.at, found)
  }
}

const SCALES: Record<string, number> = { 万: 4, 亿: 8 }

function scaled(number: string): Tree {
  const zeros = SCALES[number.slice(-1)] ?? 0
  if (!zeros) return numberTree(number)
  const [whole = "", part = ""] = number.slice(0, -1).split(".")
  const moved = part.padEnd(zeros, "0")
  return numberTree(`${whole}${moved.slice(0, zeros)}.${moved.slice(zeros) || "0"}`)
}

function unquoted(quoted: string): string {
  const mark = quoted.slice(0, 1)
  const doubled = mark === '"' || mark === "'" ? `|${mark}${mark}` : ""
  const escaped = new RegExp(`\\\\(u[0-9a-fA-F]{4}|[\\\\"'nrt])${doubled}`, "g")
  const plain: Record<string, string> = { n: "\n", r: "\r", t: "\t" }
  return quoted.slice(1, -1).replace(escaped, (whole, code?: string) => {
    if (code === undefined) return whole.slice(0, 1)
    return code.length > 1
      ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
      : (plain[code] ?? code)
  })
}

/**
 * What an expression gives on a record that the browser has, by the rules of the server: the same
 * vectors hold both. What the browser cannot know (records elsewhere, pinyin) is `Unknown`.
 */

import type { Value } from "../../meta"
import { type Named, named, type Scene } from "../names"
import { parse } from "../read"
import { pathOf, type Step, type Tree } from "../tree"
import { aggregated, NONE } from "./aggregate"
import { reckoned } from "./arithmetic"
import { type Asker, askedFor } from "./asking"
import { has, matches, within } from "./comparing"
import { dayAt, edges, spanOf } from "./days"
import { decimal, negative, whole } from "./decimal"
import { FUNCTIONS } from "./functions"
import {
  type Bag,
  beside,
  fromJson,
  type Held,
  inOrder,
  list,
  number,
  same,
  text,
  textOf,
  toJson,
  truth,
  Unknown,
} from "./values"

export interface Ground {
  scene: Scene
  /**
   * The record as the API gives it; what lies behind a lookup by its path (`owner.name`), related
   * records as a list under the relation. What is not there at all is not known.
   */
  record: Bag
  now: Date
  /** Minutes east of Greenwich: 480 for China. */
  zone: number
  asker?: Asker
}

/** What it gives, as JSON has it; `undefined` where only the server can tell. */
export function evaluated(expression: string | Tree, ground: Ground): Value | undefined {
  try {
    const tree = typeof expression === "string" ? parse(expression) : expression
    return toJson(new Reckoning(ground).value(tree), ground.zone)
  } catch (error) {
    if (error instanceof Unknown) return undefined
    throw error
  }
}

/** What it gives as a text, as people read it and `&` joins it. */
export function evaluatedText(expression: string, ground: Ground): string | null | undefined {
  try {
    const held = new Reckoning(ground).value(parse(expression))
    if (held?.is === "boolean") return String(held.truth)
    return textOf(held, ground.zone)
  } catch (error) {
    if (error instanceof Unknown) return undefined
    throw error
  }
}

const OVER = new Set(["COUNT", "SUM", "AVG", "MIN", "MAX", "LATEST", "FIRST", "LIST", "EXISTS"])

class Reckoning {
  private readonly zone: number

  constructor(private readonly ground: Ground) {
    this.zone = ground.zone
  }

  value(tree: Tree): Held {
    if (tree === null) return null
    if (typeof tree === "string") return text(tree)
    if (typeof tree === "number") return number(decimal(tree))
    if (typeof tree === "boolean") return truth(tree)
    if (Array.isArray(tree)) return this.listed(tree)
    if ("number" in tree) return number(decimal(tree.number))
    if ("duration" in tree) return this.span(tree.duration)
    if ("period" in tree) return this.day(tree.period)
    if ("field" in tree) return this.named(pathOf(tree) ?? [])
    if ("call" in tree) return this.called(tree.call.toUpperCase(), tree.args)
    return this.operated(tree.op, tree.args)
  }

  holds(tree: Tree): boolean {
    const held = this.value(tree)
    return held?.is === "boolean" && held.truth
  }

  private listed(items: Tree[]): Held {
    const held = items.map((one) => this.value(one))
    return list(held.flatMap((one) => textOf(one, this.zone) ?? []))
  }

  private span(said: string): Held {
    const [amount = "0", unit = ""] = said.split(" ")
    const span = spanOf(Number(amount), unit.replace(/s$/, ""))
    return span ? { is: "span", span } : null
  }

  private day(word: string): Held {
    const today = dayAt(this.ground.now.getTime(), this.zone)
    const away = { today: 0, yesterday: -1, tomorrow: 1 }[word]
    if (away === undefined) throw new Unknown()
    return { is: "day", day: today + away }
  }

  private named(path: readonly Step[]): Held {
    const { scene, record } = this.ground
    let object: string | null = scene.object
    const taken: string[] = []
    let field: Named | undefined
    for (const step of path) {
      const word: string = typeof step === "string" ? step : step.label
      field = object === null ? undefined : named(word, object, scene)
      if (!field) throw new Unknown()
      const before = record[taken.join(".")]
      if (taken.length && (before === null || before === "")) return null
      taken.push(field.key)
      object = field.object
    }
    const key = taken.join(".")
    if (!field || !(key in record)) throw new Unknown()
    const title = field.object ? record[`${key}.${this.titleOf(field.object)}`] : undefined
    return fromJson(record[key], field, this.zone, title)
  }

  private titleOf(object: string): string {
    return this.ground.scene.catalog.titleOf(object) ?? "name"
  }

  private operated(op: string, args: Tree[]): Held {
    const [left = null, right = null, third = null] = args
    switch (op) {
      case "and":
        return truth(args.every((one) => this.holds(one)))
      case "or":
        return truth(args.some((one) => this.holds(one)))
      case "not":
        return truth(!this.holds(left))
      case "is empty":
        return truth(this.value(left) === null)
      case "is not empty":
        return truth(this.value(left) !== null)
      case "between":
        return truth(
          inOrder(">=", this.value(left), this.value(right), this.zone) &&
            inOrder("<=", this.value(left), this.value(third), this.zone),
        )
    }
    if (args.length === 1) return this.negated(this.value(left))
    const held = this.compared(op, left, right)
    if (held !== undefined) return truth(held)
    return this.reckoned(op, this.value(left), this.value(right))
  }

  private compared(op: string, left: Tree, right: Tree): boolean | undefined {
    if (right !== null && typeof right === "object" && "period" in right) {
      const found = edges(right.period, this.ground.now.getTime(), this.zone)
      if (found) return within(op, this.value(left), found, this.zone)
    }
    const one = this.value(left)
    const other = this.value(right)
    switch (op) {
      case "=":
        return same(one, other, this.zone)
      case "!=":
        return !same(one, other, this.zone)
      case "in":
      case "not in":
        return this.among(one, right, other) === (op === "in")
      case "contains":
      case "starts with":
      case "ends with":
        return matches(op, one, other, this.zone)
      case "has":
      case "has any":
      case "has all":
        return has(op, one, other, this.zone)
      case "<":
      case "<=":
      case ">":
      case ">=":
        return inOrder(op, one, other, this.zone)
    }
    return undefined
  }

  private among(one: Held, written: Tree, whole: Held): boolean {
    if (Array.isArray(written))
      return written.some((item) => same(one, this.value(item), this.zone))
    if (whole === null || one === null) return false
    if (whole.is !== "list") return same(one, whole, this.zone)
    return whole.items.includes(one.is === "record" ? one.id : (textOf(one, this.zone) ?? ""))
  }

  private negated(one: Held): Held {
    if (one === null) return null
    if (one.is === "span")
      return { is: "span", span: { months: -one.span.months, ms: -one.span.ms } }
    if (one.is !== "number") throw new Unknown()
    return number(negative(one.number))
  }

  private reckoned(op: string, left: Held, right: Held): Held {
    if (op === "&") {
      const said = [left, right].map((one) => textOf(one, this.zone) ?? "")
      return text(said.join(""))
    }
    const [one, other] = [beside(left, right, this.zone), beside(right, left, this.zone)]
    if (one === null || other === null) return null
    return reckoned(op, one, other, this.zone)
  }

  private called(name: string, args: Tree[]): Held {
    const { asker, now } = this.ground
    switch (name) {
      case "IF":
        return this.value((this.holds(args[0] ?? null) ? args[1] : args[2]) ?? null)
      case "IFS":
        return this.chosen(args)
      case "SWITCH":
        return this.switched(args)
      case "COALESCE": {
        const first = args.find((one) => this.value(one) !== null)
        return first === undefined ? null : this.value(first)
      }
      case "TODAY":
        return this.day("today")
      case "NOW":
        return { is: "moment", moment: now.getTime() }
      case "DAYS_SINCE":
      case "DAYS_UNTIL": {
        const asked: Tree[] = [args[0] ?? null, { period: "today" }]
        return this.called("DATEDIFF", name === "DAYS_SINCE" ? asked : asked.reverse())
      }
    }
    if (OVER.has(name)) return this.over(name, args)
    const made = FUNCTIONS[name]
    if (made)
      return made(
        args.map((one) => this.value(one)),
        this.zone,
      )
    return askedFor(
      name,
      textOf(args[0] === undefined ? null : this.value(args[0]), this.zone),
      asker,
    )
  }

  private chosen(args: Tree[]): Held {
    for (let at = 0; at + 1 < args.length; at += 2)
      if (this.holds(args[at] ?? null)) return this.value(args[at + 1] ?? null)
    return null
  }

  private switched([subject = null, ...args]: Tree[]): Held {
    const held = this.value(subject)
    for (let at = 0; at + 1 < args.length; at += 2) {
      const wanted = this.value(args[at] ?? null)
      if (held !== null && wanted !== null && same(held, wanted, this.zone))
        return this.value(args[at + 1] ?? null)
    }
    return args.length % 2 ? this.value(args.at(-1) ?? null) : null
  }

  /** An aggregate, where the related records lie at hand: the lines of a form. */
  private over(name: string, [first = null, condition]: Tree[]): Held {
    const path = pathOf(first) ?? []
    const [step = "", ...rest] = path
    const many = this.named([step])
    if (many === null)
      return name === "COUNT" || name === "SUM" ? number(whole(0)) : (NONE[name] ?? null)
    if (many.is !== "many") throw new Unknown()
    const inside = many.records.map(
      (record) =>
        new Reckoning({
          ...this.ground,
          record,
          scene: { ...this.ground.scene, object: many.object, drawn: undefined },
        }),
    )
    const fitting = inside.filter((one) => condition === undefined || one.holds(condition))
    if (name === "EXISTS") return truth(fitting.length > 0)
    if (rest.length === 0) return number(whole(fitting.length))
    const held = fitting.map((one) => one.named(rest)).filter((one) => one !== null)
    return aggregated(name, held, this.zone)
  }
}

/** Texts that come from a spreadsheet, as values of fields. What no rule here knows, the server reads. */

import type { FieldMeta, Value } from "./meta"

export type Typed = { value: Value; name?: string } | { wrong: string }

const YES = new Set(["是", "true", "yes", "y", "1", "✓", "对"])
const NO = new Set(["否", "false", "no", "n", "0", "✗", "错"])

/** Ids by name, for fields that point at people or records. */
export type Names = (field: FieldMeta, name: string) => string | undefined

export function typed(field: FieldMeta, text: string, names: Names): Typed {
  const word = text.trim()
  if (word === "" || word === "—") return { value: null }
  switch (field.kind) {
    case "option": {
      const key = optionKey(field, word)
      return key === undefined ? { wrong: word } : { value: key }
    }
    case "options":
    case "tags": {
      const words = word.split(/[,,、;；]/).map((one) => one.trim())
      const keys = words.filter(Boolean).map((one) => optionKey(field, one))
      const known = keys.filter((one): one is string => one !== undefined)
      if (field.kind === "tags") return { value: words.filter(Boolean) }
      return known.length === keys.length ? { value: known } : { wrong: word }
    }
    case "boolean": {
      const low = word.toLowerCase()
      return YES.has(low) ? { value: true } : NO.has(low) ? { value: false } : { wrong: word }
    }
    case "user":
    case "department":
    case "lookup": {
      const id = names(field, word)
      return id === undefined ? { wrong: word } : { value: id, name: word }
    }
    case "rating":
      return /^\d+$/.test(word) ? { value: Number(word) } : { wrong: word }
    default:
      return { value: field.type === "text" ? text : word.replace(/^¥/, "") }
  }
}

function optionKey(field: FieldMeta, word: string): string | undefined {
  return field.options.find((one) => one.label === word || one.key === word)?.key
}

/** The same pairs that hold the server's language: what one reads, the other reads. */

import { expect, it } from "vitest"
import json from "../../../../tests/golden/lang/json.txt?raw"
import pairs from "../../../../tests/golden/lang/written.txt?raw"
import { parse } from "./read"
import { Unreadable } from "./tree"
import { written } from "./write"

function lines(text: string): [string, string][] {
  const kept = text.split("\n").filter((one) => one !== "" && !one.startsWith("#"))
  return kept.flatMap((one, at): [string, string][] =>
    one.startsWith("=> ") ? [[kept[at - 1] ?? "", one.slice(3)]] : [],
  )
}

it.each(lines(pairs))("%s is written %s", (given, canonical) => {
  expect(written(parse(given))).toBe(canonical)
  expect(written(parse(canonical))).toBe(canonical)
})

it.each(lines(json))("%s is the tree %s", (given, tree) => {
  expect(parse(given)).toEqual(JSON.parse(tree))
})

it.each([
  ["level =", 7],
  ["level ? 3", 6],
  ["(a = 1", 6],
  ['name = "x', 7],
])("%s cannot be read from character %i on", (given, at) => {
  expect(() => parse(given)).toThrow(Unreadable)
  try {
    parse(given)
  } catch (error) {
    expect((error as Unreadable).at).toBe(at)
  }
})

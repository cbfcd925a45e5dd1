import { expect, it } from "vitest"
import { blockMoved, blockNudged, type PageDocument, pageIn, placeOf } from "./page"

const page = pageIn({
  key: "loan",
  object: "loan",
  top: [{ block: "stage" }],
  columns: [
    { blocks: [{ block: "facts" }, { block: "quality" }] },
    { blocks: [{ block: "timeline" }] },
  ],
})
const shown = (some: PageDocument) =>
  [some.top, ...some.columns.map((one) => one.blocks)]
    .map((blocks) => blocks.map((one) => one.block).join(","))
    .join(" | ")

it.each([
  [
    "down within its column",
    { area: 0, at: 0 },
    { area: 0, at: 2 },
    "stage | quality,facts | timeline",
  ],
  [
    "before another one",
    { area: 0, at: 1 },
    { area: 1, at: 0 },
    "stage | facts | quality,timeline",
  ],
  [
    "over the whole width",
    { area: 1, at: 0 },
    { area: -1, at: 1 },
    "stage,timeline | facts,quality | ",
  ],
  ["where it is", { area: 0, at: 0 }, { area: 0, at: 1 }, "stage | facts,quality | timeline"],
])("a block moves %s", (_, from, to, told) => {
  expect(shown(blockMoved(page, from, to).page)).toBe(told)
})

it.each([
  ["up", { area: 0, at: 1 }, "stage | quality,facts | timeline"],
  ["down", { area: 0, at: 0 }, "stage | quality,facts | timeline"],
  ["right", { area: 0, at: 0 }, "stage | quality | timeline,facts"],
  ["left", { area: 0, at: 0 }, "stage,facts | quality | timeline"],
  ["right", { area: 1, at: 0 }, "stage | facts,quality | timeline"],
] as const)("a block goes %s", (way, place, told) => {
  expect(shown(blockNudged(page, place, way).page)).toBe(told)
})

it.each([
  ["documents[0].columns[1].blocks[0].visible:1:3", { area: 1, at: 0 }],
  ["documents[0].top[0].field", { area: -1, at: 0 }],
  ["documents[0].roles[0]", undefined],
])("%s is found", (path, told) => {
  expect(placeOf(path)).toEqual(told)
})

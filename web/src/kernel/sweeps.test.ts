import { describe, expect, it } from "vitest"
import { isSweep, left, type Sweep, type SweepState, shownOf } from "./sweeps"

const sweep = (id: string, state: SweepState): Sweep => ({
  id,
  object: "customer",
  act: "change",
  state,
  total: 5,
  passed: 5,
  changed: 3,
  unchanged: 1,
  refused: 1,
  undone: 2,
  kept: 4,
  along: 0,
  stayed: 0,
  rate: 10,
  eta: null,
  fields: ["level"],
  to: null,
  undoable: false,
  stopped: null,
  created_at: "2026-01-01T00:00:00Z",
  ended_at: null,
})

describe("sweeps", () => {
  it.each([
    ["what runs is shown", "running", [], [], true],
    ["what is taken back is shown", "undoing", [], ["a"], true],
    ["what ended before one came is not", "done", [], [], false],
    ["what ended while one was there is", "done", ["a"], [], true],
    ["what was put away is not", "failed", ["a"], ["a"], false],
  ] as const)("%s", (_, state, met, dismissed, is) => {
    const found = shownOf([sweep("a", state)], new Set(met), new Set(dismissed))
    expect(found.length === 1).toBe(is)
  })

  it("counts what was left by what happened last", () => {
    expect(left({ ...sweep("a", "done"), undone: 0, kept: 0 })).toBe(1)
    expect(left(sweep("a", "undone"))).toBe(4)
    expect(left(sweep("a", "failed"))).toBe(4)
  })

  it("tells a job from what was done at once", () => {
    expect(isSweep({ changed: 3, errors: [] })).toBe(false)
    expect(isSweep(sweep("a", "waiting"))).toBe(true)
  })
})

import { describe, expect, it } from "vitest"
import {
  differences,
  type Grant,
  levelOf,
  OTHERS,
  type RoleDoc,
  saidOf,
  scopesOf,
  withGrant,
  withScopes,
} from "./model"

const grant: Grant = {
  read: ["own", "collaborators has ME()"],
  create: true,
  update: "own",
  import: false,
  fields: { cost: "hidden" },
}
const role: RoleDoc = {
  kind: "role",
  key: "clerk",
  label: { zh: "店员" },
  objects: { book: grant },
}

describe("what a role grants", () => {
  it("is read from one scope, from several, and from a plain yes", () => {
    expect(scopesOf(grant, "read")).toEqual(["own", "collaborators has ME()"])
    expect(scopesOf(grant, "create")).toEqual(["all"])
    expect(scopesOf(grant, "import")).toEqual([])
    expect(scopesOf(undefined, "read")).toEqual([])
  })

  it("follows another action where nothing is said", () => {
    expect(saidOf(grant, "transfer")).toBeUndefined()
    expect(scopesOf(grant, "transfer")).toEqual(["own"])
    expect(scopesOf(grant, "print")).toEqual(["own", "collaborators has ME()"])
    expect(saidOf({ transfer: "none" }, "transfer")).toEqual([])
  })

  it("is written as short as it can be said", () => {
    expect(withScopes(grant, "update", ["own", "all"]).update).toBe("all")
    expect(withScopes(grant, "update", [])).not.toHaveProperty("update")
    expect(withScopes(grant, "transfer", []).transfer).toBe("none")
    expect(withScopes(grant, "create", ["own"]).create).toBe("own")
    expect(withScopes(grant, "create", []).create).toBe(false)
    expect(withScopes(grant, "import", ["all"]).import).toBe(true)
    expect(withScopes({ transfer: "own" }, "transfer", undefined)).toEqual({})
  })

  it("says of a field what is said of all others", () => {
    expect(levelOf(grant, "cost")).toBe("hidden")
    expect(levelOf(grant, "title")).toBe("write")
    expect(levelOf({ ...grant, other_fields: "read" }, "title")).toBe("read")
  })
})

describe("two versions of a role", () => {
  it("differ in what follows too", () => {
    const wider = withGrant(role, "book", withScopes(grant, "update", ["all"]))
    expect(differences(role, wider).map((one) => one.name)).toEqual(["update", "transfer", "share"])
  })

  it("do not differ by another way to say the same", () => {
    const same = withGrant(role, "book", { ...grant, delete: "none", other_fields: "write" })
    expect(differences(role, same)).toEqual([])
  })

  it("tell of powers, of all other objects and of denials", () => {
    const now: RoleDoc = {
      ...role,
      audit: true,
      other_objects: { read: "all" },
      deny: [{ object: "book", actions: ["export"] }],
    }
    expect(differences(role, now).map((one) => [one.object, one.what, one.name])).toEqual([
      ["", "power", "audit"],
      [OTHERS, "scope", "read"],
      [OTHERS, "scope", "print"],
      ["", "denial", ""],
    ])
  })
})

import { useState } from "react"
import { ask } from "../../data/client"
import { tell, tellFault } from "../../ui/toast"
import { sayNow } from "../../ui/words"
import { allOf } from "./search"
import type { ListState } from "./state"

interface Export {
  id: string
  state: string
}

const PATIENCE = 120

/** Has the server write what the list shows into a file, and fetches it. */
export function useExport() {
  const [busy, setBusy] = useState(false)
  /** All that the list shows, or of it only what answers a condition. */
  async function run(state: ListState, only?: string) {
    setBusy(true)
    try {
      const { view, search, order } = state.query
      const where = allOf(state.query.where, only)
      const select = state.columns.map((one) => one.key)
      const body = {
        object: state.object.key,
        format: "xlsx",
        query: { view, where, search, order, select },
      }
      tell(sayNow("export.busy"))
      const begun = await ask<Export>("POST", "/exports", { body })
      const done = await finished(begun)
      if (done.state === "done") location.assign(`/api/v1/exports/${done.id}/file`)
      else tell(sayNow(done.state === "asked" ? "export.waiting" : "export.failed"), { bad: true })
    } catch (error) {
      tellFault(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, run: (state: ListState, only?: string) => void run(state, only) }
}

async function finished(begun: Export): Promise<Export> {
  let known = begun
  for (let tries = 0; tries < PATIENCE && ["waiting", "running"].includes(known.state); tries++) {
    await new Promise((later) => setTimeout(later, 700))
    known = await ask<Export>("GET", `/exports/${begun.id}`)
  }
  return known
}

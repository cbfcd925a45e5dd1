import { ask } from "../../data/client"
import { Fault } from "../../data/fault"
import type { FormFace } from "../../kernel/faces/shapes"
import type { ObjectMeta, Value } from "../../kernel/meta"

/** A public form as it is told to whoever has its address. */
export interface PublicForm {
  form: FormFace
  object: ObjectMeta
  thanks: string
  /** To be sent along, but not before so many seconds. */
  ticket: string
  wait: number
  /** What may be enclosed, by field; null: nothing. */
  files: { most: number; megabytes: number; kinds: Record<string, string[]> } | null
}

/** What is sent: what was filled in, the files by field, and what nobody fills in. */
export interface Letter {
  values: Record<string, Value>
  files: Record<string, readonly File[]>
  trap: string
}

export interface Place {
  workspace: string
  address: string
}

/** A form that was fetched, and when. */
export interface Opened extends PublicForm {
  at: number
}

export async function opened({ workspace, address }: Place): Promise<Opened> {
  const told = await ask<PublicForm>("GET", `/public/${encodeURIComponent(address)}`, { workspace })
  return { ...told, at: performance.now() }
}

const OLD = "old_ticket"

/** Sends what was filled in, as soon as the ticket is old enough; a worn one is changed for a new one. */
export async function send(place: Place, form: Opened, letter: Letter): Promise<void> {
  try {
    await sent(place, form, letter)
  } catch (error) {
    if (!(error instanceof Fault) || error.word !== OLD) throw error
    await sent(place, await opened(place), letter)
  }
}

async function sent({ workspace, address }: Place, form: Opened, letter: Letter): Promise<void> {
  const left = form.at + form.wait * 1000 + 500 - performance.now()
  if (left > 0) await new Promise((done) => window.setTimeout(done, left))
  const { values, files, trap } = letter
  const body = { values, ticket: form.ticket, trap }
  const enclosed = Object.entries(files).flatMap(([key, some]) =>
    some.map((one) => [key, one] as const),
  )
  const path = `/public/${encodeURIComponent(address)}` as const
  if (enclosed.length === 0) {
    await ask("POST", path, { workspace, body })
    return
  }
  const parts = new FormData()
  parts.set("form", JSON.stringify(body))
  for (const [key, one] of enclosed) parts.append(key, one)
  await ask("POST", `${path}/with-files`, { workspace, form: parts })
}

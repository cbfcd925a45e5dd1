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
export async function send(
  place: Place,
  form: Opened,
  values: Record<string, Value>,
  trap: string,
): Promise<void> {
  try {
    await sent(place, form, values, trap)
  } catch (error) {
    if (!(error instanceof Fault) || error.word !== OLD) throw error
    await sent(place, await opened(place), values, trap)
  }
}

async function sent(
  { workspace, address }: Place,
  form: Opened,
  values: Record<string, Value>,
  trap: string,
): Promise<void> {
  const left = form.at + form.wait * 1000 + 500 - performance.now()
  if (left > 0) await new Promise((done) => window.setTimeout(done, left))
  await ask("POST", `/public/${encodeURIComponent(address)}`, {
    workspace,
    body: { values, ticket: form.ticket, trap },
  })
}

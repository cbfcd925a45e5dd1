/** The one place from which the server is asked. */

import { Fault, faultOf } from "./fault"
import type { Operation } from "./operations"
import { languageNow } from "./preferences"

export interface Wish {
  query?: Record<string, string | number | boolean | undefined | null>
  body?: unknown
  form?: FormData
  version?: number
  signal?: AbortSignal
  /** Which workspace is meant, where the address of the page does not say so. */
  workspace?: string
}

type Listener = () => void
const strangers = new Set<Listener>()

/** Calls back whenever the server does not know us any more. */
export function whenSignedOut(listener: Listener): () => void {
  strangers.add(listener)
  return () => strangers.delete(listener)
}

type Filled<Path extends string> = Path extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Path
/** A method and a path that the server has, and what is sent along. */
export type Asked = {
  [One in Operation]: One extends `${infer Method} ${infer Path}`
    ? [method: Method, path: Filled<Path>, wish?: Wish]
    : never
}[Operation]

export async function ask<Answer>(...[method, path, wish = {}]: Asked): Promise<Answer> {
  const headers: Record<string, string> = { "accept-language": languageNow() }
  if (wish.body !== undefined) headers["content-type"] = "application/json"
  if (wish.workspace !== undefined) headers["x-workspace"] = wish.workspace
  if (wish.version !== undefined) headers["if-match"] = `"${wish.version}"`
  const answer = await fetch(`/api/v1${path}${asked(wish.query)}`, {
    method,
    headers,
    credentials: "same-origin",
    signal: wish.signal,
    body: wish.form ?? (wish.body === undefined ? undefined : JSON.stringify(wish.body)),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error
    throw new Fault(0, {
      detail: languageNow() === "zh" ? "连接不上服务器" : "The server cannot be reached",
    })
  })
  if (!answer.ok) {
    const fault = await faultOf(answer)
    if (answer.status === 401 && !path.startsWith("/auth/")) for (const one of strangers) one()
    throw fault
  }
  if (answer.status === 204) return undefined as Answer
  return (await answer.json()) as Answer
}

function asked(query: Wish["query"]): string {
  const given = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  )
  if (given.length === 0) return ""
  return `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`
}

const AGAIN = 5_000
const RARELY = 120_000

/**
 * Hears what the server says by itself, until it says that it is over or nobody wants to hear it.
 * A lost connection is found again; a server that refuses is asked again, more and more rarely.
 */
export function hear(path: string, heard: (said: unknown) => void): () => void {
  let source: EventSource | undefined
  let timer: number | undefined
  let pause = AGAIN
  const open = () => {
    const own = new EventSource(`/api/v1${path}`)
    source = own
    own.addEventListener("message", (event: MessageEvent<string>) => {
      pause = AGAIN
      heard(JSON.parse(event.data))
    })
    own.addEventListener("over", () => own.close())
    own.addEventListener("error", () => {
      if (own.readyState !== EventSource.CLOSED) return
      timer = window.setTimeout(open, pause)
      pause = Math.min(pause * 2, RARELY)
    })
  }
  open()
  return () => {
    window.clearTimeout(timer)
    source?.close()
  }
}

/** Passkeys, between the JSON of the server and the bytes of the browser. */

interface Described {
  id: string
  [key: string]: unknown
}

interface Options {
  challenge: string
  user?: { id: string; [key: string]: unknown }
  excludeCredentials?: Described[]
  allowCredentials?: Described[]
  [key: string]: unknown
}

/** Whether this browser can make and show passkeys. */
export function passkeysHere(): boolean {
  return typeof window.PublicKeyCredential === "function"
}

export async function makePasskey(options: Options): Promise<unknown> {
  const publicKey = decoded(options) as unknown as PublicKeyCredentialCreationOptions
  return encoded(await navigator.credentials.create({ publicKey }))
}

export async function showPasskey(options: Options): Promise<unknown> {
  const publicKey = decoded(options) as unknown as PublicKeyCredentialRequestOptions
  return encoded(await navigator.credentials.get({ publicKey }))
}

function decoded(options: Options): Record<string, unknown> {
  const listed = (list?: Described[]) => list?.map((one) => ({ ...one, id: bytes(one.id) }))
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user ? { user: { ...options.user, id: bytes(options.user.id) } } : {}),
    excludeCredentials: listed(options.excludeCredentials) ?? [],
    allowCredentials: listed(options.allowCredentials) ?? [],
  }
}

/** What the browser gives, as its own `toJSON` would say it; older ones have none. */
function encoded(credential: Credential | null): unknown {
  const key = credential as PublicKeyCredential | null
  if (!key) throw new Error("no credential")
  if (typeof key.toJSON === "function") return key.toJSON()
  const answer = key.response as unknown as Record<string, unknown>
  const names = [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: key.getClientExtensionResults(),
    response: Object.fromEntries(
      names
        .filter((one) => answer[one] instanceof ArrayBuffer)
        .map((one) => [one, text(answer[one] as ArrayBuffer)]),
    ),
  }
}

function bytes(coded: string): Uint8Array {
  const plain = atob(coded.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(plain, (one) => one.charCodeAt(0))
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
}

// Keeps the files of the desk at hand. Files whose names carry their hash come from the cache; the
// page comes from the network, and from the cache only where there is no network. Nothing that the
// API answers is ever kept: data belong on the server.

const FILES = "zhike-files-1"
const PAGE = "zhike-page-1"
const ADDRESSES = /^\/($|sign-in$|desk($|\/)|workshop($|\/)|me($|\/))/
const MOST = 200

self.addEventListener("install", () => self.skipWaiting())

self.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys()
    const old = names.filter((one) => one !== FILES && one !== PAGE)
    await Promise.all(old.map((one) => caches.delete(one)))
    await self.clients.claim()
  }
  event.waitUntil(forget())
})

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== self.location.origin) return
  if (url.pathname.startsWith("/assets/")) event.respondWith(file(request))
  else if (request.mode === "navigate" && ADDRESSES.test(url.pathname))
    event.respondWith(page(request))
})

async function file(request) {
  const cache = await caches.open(FILES)
  const known = await cache.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) {
    await cache.put(request, answer.clone())
    const names = await cache.keys()
    await Promise.all(names.slice(0, Math.max(0, names.length - MOST)).map((one) => cache.delete(one)))
  }
  return answer
}

async function page(request) {
  const cache = await caches.open(PAGE)
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.redirected) await cache.put("/desk", answer.clone())
    return answer
  } catch (error) {
    const known = await cache.match("/desk")
    if (known) return known
    throw error
  }
}

/** What one browser remembers of its user: language, theme, widths. Kept in its own storage. */

import { useSyncExternalStore } from "react"

import type { Language } from "../kernel/language"

export type { Language }
export type Theme = "system" | "light" | "dark"

const PREFIX = "zhike."
const listeners = new Set<() => void>()

/** What was read, so that a table need not ask the storage for every cell it shows. */
const known = new Map<string, string | null>()
// Other windows of the same browser write there, too.
window.addEventListener("storage", () => known.clear())

export function kept(key: string): string | null {
  const found = known.get(key)
  if (found !== undefined) return found
  const value = read(key)
  known.set(key, value)
  return value
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

export function keep(key: string, value: string | null): void {
  known.delete(key)
  try {
    if (value === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, value)
  } catch {
    // A browser without storage forgets; nothing else is lost.
  }
  for (const one of listeners) one()
}

/** The names of everything kept that begins so. */
export function keptNames(beginning: string): string[] {
  try {
    const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "")
    const wanted = PREFIX + beginning
    return names.filter((one) => one.startsWith(wanted)).map((one) => one.slice(PREFIX.length))
  } catch {
    return []
  }
}

export function useKept(key: string): string | null {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => kept(key),
  )
}

export function languageNow(): Language {
  const chosen = kept("language")
  if (chosen === "zh" || chosen === "en") return chosen
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh"
}

export function useLanguage(): Language {
  useKept("language")
  return languageNow()
}

export function themeNow(): Theme {
  const chosen = kept("theme")
  return chosen === "light" || chosen === "dark" ? chosen : "system"
}

/** Tells the page its theme and language; the style sheet does the rest. */
export function dress(): void {
  document.documentElement.dataset.theme = themeNow()
  document.documentElement.lang = languageNow() === "zh" ? "zh-CN" : "en"
}

import type { KeyboardEvent, ReactNode } from "react"
import "./tabs.css"

export interface Tab<Key extends string> {
  key: Key
  label: ReactNode
}

/** The parts of a page or dialog, one of which is shown. Arrows walk along them. */
export function Tabs<Key extends string>({
  label,
  tabs,
  current,
  onChange,
}: {
  label: string
  tabs: readonly Tab<Key>[]
  current: Key
  onChange: (key: Key) => void
}) {
  function walk(event: KeyboardEvent<HTMLDivElement>) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    const at = tabs.findIndex((one) => one.key === current)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!step || !next) return
    event.preventDefault()
    onChange(next.key)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={walk}>
      {tabs.map((one) => (
        <button
          key={one.key}
          type="button"
          role="tab"
          data-tab={one.key}
          className="tab"
          aria-selected={one.key === current}
          tabIndex={one.key === current ? 0 : -1}
          onClick={() => onChange(one.key)}
        >
          {one.label}
        </button>
      ))}
    </div>
  )
}

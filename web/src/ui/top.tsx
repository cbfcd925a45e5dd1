import type { ReactNode } from "react"
import "./top.css"

/** The bar on top of a page: what it is, and what can be done here. */
export function Top({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="top">
      <h1 className="top-title clip">{title}</h1>
      <div className="top-actions">{children}</div>
    </header>
  )
}

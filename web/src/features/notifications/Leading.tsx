import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { type Notification, type Place, placeOf } from "../../kernel/notifications"

interface Props {
  line: Notification
  onGone: () => void
  children: ReactNode
}

/** Leads to what a line tells of; one of which there is nothing to see leads nowhere. */
export function Leading({ line, onGone, children }: Props) {
  const place = placeOf(line)
  if (!place) return <div className="bell-way">{children}</div>
  return (
    <Way place={place} onGone={onGone}>
      {children}
    </Way>
  )
}

function Way({ place, onGone, children }: Omit<Props, "line"> & { place: Place }) {
  const shared = { className: "bell-way", onClick: onGone, children }
  switch (place.at) {
    case "record":
      return <Link {...shared} to="/desk/$object/$id" params={place} />
    case "mine":
      return <Link {...shared} to="/desk/$object" params={place} search={{ whose: "mine" }} />
    case "view":
      return <Link {...shared} to="/desk/$object" params={place} search={{ view: place.id }} />
    case "import":
      return (
        <Link {...shared} to="/desk/$object/import" params={place} search={{ run: place.id }} />
      )
    case "file":
      return <a {...shared} href={`/api/v1/exports/${place.id}/file`} />
    case "jobs":
      return <Link {...shared} to="/me" search={{ tab: "jobs" }} />
    case "home":
      return <Link {...shared} to="/desk" />
    default:
      return <Link {...shared} to={WORKSHOP[place.at]} />
  }
}

const WORKSHOP = {
  approvals: "/workshop/approvals",
  duplicates: "/workshop/duplicates",
  people: "/workshop/people",
} as const

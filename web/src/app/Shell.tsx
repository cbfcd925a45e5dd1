import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router"
import { CircleUser, House, PanelLeft, Search, Wrench } from "lucide-react"
import { Suspense, useContext, useEffect } from "react"
import { whenSignedOut } from "../data/client"
import { keep, useKept } from "../data/preferences"
import { catalog, me, views } from "../data/recipes"
import { Bell, Hearing, PhoneBell } from "../features/notifications/Bell"
import { openedBy } from "../kernel/faces/view"
import { groupsFor } from "../kernel/sections"
import { byWeight } from "../kernel/shape"
import { IconButton } from "../ui/button"
import { ObjectIcon } from "../ui/icons"
import { Bones, Empty } from "../ui/states"
import { useWords } from "../ui/words"
import { Looking } from "./Looking"
import { MeMenu } from "./MeMenu"
import { Providers } from "./Providers"
import { PaletteContext } from "./palette"
import { WorkshopSide } from "./WorkshopSide"
import "./shell.css"

/** The frame of every page: rail, side list, the page itself; on a phone a bar at the bottom. */
export function Shell() {
  const say = useWords()
  const navigate = useNavigate()
  const narrow = useKept("side") === "closed"
  const building = useLocation({ select: (at) => at.pathname.startsWith("/workshop") })
  // The client tells when the session is over.
  useEffect(
    () => whenSignedOut(() => void navigate({ to: "/sign-in", search: { to: location.pathname } })),
    [navigate],
  )
  return (
    <Providers>
      <div className="shell" data-side={narrow ? "closed" : "open"}>
        <a className="skip" href="#content">
          {say("nav.skip")}
        </a>
        <Rail narrow={narrow} />
        {!narrow && (building ? <WorkshopSide /> : <SideList />)}
        <main id="content" className="content" tabIndex={-1}>
          <Suspense fallback={<PageBones />}>
            <Outlet />
          </Suspense>
        </main>
        <BottomBar />
        <Looking />
        <Hearing />
      </div>
    </Providers>
  )
}

function Rail({ narrow }: { narrow: boolean }) {
  const say = useWords()
  const { data: who } = useSuspenseQuery(me())
  const { data: known } = useSuspenseQuery(catalog())
  return (
    <nav className="rail" aria-label={say("app.name")}>
      <Link to="/desk" className="rail-mark" aria-label={say("app.name")}>
        <img src="/loose/icon.svg" alt="" width={28} height={28} />
      </Link>
      <Link
        to="/desk"
        className="rail-item"
        activeOptions={{ exact: true }}
        aria-label={say("nav.home")}
        title={say("nav.home")}
      >
        <House size={18} />
      </Link>
      <Bell />
      {groupsFor(who, known).length > 0 && (
        <Link
          to="/workshop"
          className="rail-item"
          aria-label={say("workshop.title")}
          title={say("workshop.title")}
        >
          <Wrench size={18} />
        </Link>
      )}
      <div className="rail-gap" />
      <IconButton
        label={say(narrow ? "nav.expand" : "nav.collapse")}
        onClick={() => keep("side", narrow ? null : "closed")}
      >
        <PanelLeft size={18} />
      </IconButton>
      <MeMenu />
    </nav>
  )
}

function SideList() {
  const say = useWords()
  const { data } = useSuspenseQuery(catalog())
  const saved = useQuery(views.every())
  const search = useContext(PaletteContext)
  const shown = byWeight(data.objects.filter((one) => one.may.read))
  return (
    <aside className="side" aria-label={say("nav.objects")}>
      <button type="button" className="side-search" onClick={search}>
        <Search size={14} /> <span>{say("nav.search")}</span> <kbd>Ctrl K</kbd>
      </button>
      <ul>
        {shown.map((one) => (
          <li key={one.key}>
            <Link
              to="/desk/$object"
              params={{ object: one.key }}
              className="side-item"
              activeOptions={{ includeSearch: false }}
            >
              <ObjectIcon name={one.icon} />
              <span className="clip">{one.plural}</span>
            </Link>
          </li>
        ))}
      </ul>
      {saved.data && saved.data.length > 0 && (
        <>
          <h2 className="side-title">{say("nav.views")}</h2>
          <ul>
            {saved.data
              .filter((one) => one.usable)
              .slice(0, 12)
              .map((one) => (
                <li key={one.id ?? one.key}>
                  <Link
                    to="/desk/$object"
                    params={{ object: one.object }}
                    search={openedBy(one)}
                    className="side-item"
                    activeOptions={{ exact: true }}
                  >
                    <span className="clip">{one.label}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </>
      )}
    </aside>
  )
}

function BottomBar() {
  const say = useWords()
  const { data } = useQuery(catalog())
  const { data: who } = useQuery(me())
  const first = byWeight((data?.objects ?? []).filter((one) => one.may.read)).slice(0, 2)
  const search = useContext(PaletteContext)
  return (
    <nav className="bottom" aria-label={say("nav.objects")}>
      <Link to="/desk" activeOptions={{ exact: true }}>
        <House size={20} /> {say("nav.home")}
      </Link>
      {first.map((one) => (
        <Link key={one.key} to="/desk/$object" params={{ object: one.key }}>
          <ObjectIcon name={one.icon} size={20} /> {one.plural}
        </Link>
      ))}
      <button type="button" onClick={search}>
        <Search size={20} /> {say("nav.search")}
      </button>
      <PhoneBell />
      {who && (
        <MeMenu label={say("nav.me")}>
          <CircleUser size={20} />
        </MeMenu>
      )}
    </nav>
  )
}

function PageBones() {
  return (
    <div style={{ padding: 24 }}>
      <Bones lines={12} height={18} gap={18} />
    </div>
  )
}

export function Missing() {
  const say = useWords()
  return (
    <Empty title={say("record.missing")}>
      <Link to="/desk" className="button button-plain">
        {say("nav.home")}
      </Link>
    </Empty>
  )
}

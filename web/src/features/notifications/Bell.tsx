import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Bell as BellIcon } from "lucide-react"
import { Popover } from "radix-ui"
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react"
import { createPortal } from "react-dom"
import { listen, notifications } from "../../data/notifications"
import { me } from "../../data/recipes"
import { counted } from "../../kernel/notifications"
import { Dialog } from "../../ui/dialog"
import "../../ui/float.css"
import { Bones } from "../../ui/states"
import { useWords } from "../../ui/words"
import "./bell.css"

const Panel = lazy(() => import("./Panel").then((one) => ({ default: one.Panel })))
const NAME = document.title

/** How many notifications one has not read; nobody counts through somebody else's eyes. */
function useUnread(): number | undefined {
  const { data: who } = useQuery(me())
  const own = who !== undefined && !who.seen_by
  const { data } = useQuery({ ...notifications.unread(), enabled: own })
  return own ? (data?.unread ?? 0) : undefined
}

/** Keeps the number alive, and shows it on the window and on the installed app. */
export function Hearing() {
  const client = useQueryClient()
  const unread = useUnread()
  const own = unread !== undefined
  // The server's own voice: a stream of events.
  useEffect(() => (own ? listen(client) : undefined), [client, own])
  return <Shown unread={unread ?? 0} />
}

function Shown({ unread }: { unread: number }) {
  // The title of the window and the badge of the app are not React's.
  useEffect(() => {
    document.title = unread > 0 ? `(${counted(unread)}) ${NAME}` : NAME
    if ("setAppBadge" in navigator) navigator.setAppBadge(unread).catch(() => undefined)
    return () => {
      document.title = NAME
    }
  }, [unread])
  return null
}

/** The bell in the rail, whose lines float beside it. */
export function Bell() {
  const unread = useUnread()
  const [open, setOpen] = useState(false)
  const name = useName(unread ?? 0)
  if (unread === undefined) return null
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="rail-item bell" aria-label={name} title={name}>
        <Mark unread={unread}>
          <BellIcon size={18} />
        </Mark>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="float bell-float"
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label={name}
        >
          <Suspense fallback={<Bones lines={8} />}>
            <Panel onClose={() => setOpen(false)} titled />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The bell in the bar of a phone, whose lines come in from the side. */
export function PhoneBell() {
  const say = useWords()
  const unread = useUnread()
  const [open, setOpen] = useState(false)
  const name = useName(unread ?? 0)
  if (unread === undefined) return null
  return (
    <>
      <button type="button" aria-label={name} onClick={() => setOpen(true)}>
        <Mark unread={unread}>
          <BellIcon size={20} />
        </Mark>
        {say("bell.title")}
      </button>
      {open &&
        createPortal(
          <Dialog look="side" title={say("bell.title")} onClose={() => setOpen(false)}>
            <Suspense fallback={<Bones lines={8} />}>
              <Panel onClose={() => setOpen(false)} />
            </Suspense>
          </Dialog>,
          document.body,
        )}
    </>
  )
}

function useName(unread: number): string {
  const say = useWords()
  return unread > 0 ? say("bell.unread", { n: unread }) : say("bell.title")
}

function Mark({ unread, children }: { unread: number; children: ReactNode }) {
  return (
    <span className="bell-mark">
      {children}
      {unread > 0 && <span className="bell-count" data-count={counted(unread)} />}
    </span>
  )
}

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import {
  AtSign,
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  Cog,
  Download,
  FileCheck,
  Handshake,
  Inbox,
  type LucideIcon,
  MailCheck,
  Settings,
  Share2,
  Users,
} from "lucide-react"
import { markRead, notifications } from "../../data/notifications"
import { useLanguage } from "../../data/preferences"
import { ago, byDay, type Notification } from "../../kernel/notifications"
import { Button, IconButton } from "../../ui/button"
import { Bones, Empty, Trouble } from "../../ui/states"
import { tellFault } from "../../ui/toast"
import { useWords } from "../../ui/words"
import { Leading } from "./Leading"

const ICONS: Record<string, LucideIcon> = {
  given: Handshake,
  team: Users,
  shared: Share2,
  mentioned: AtSign,
  request: Inbox,
  answer: MailCheck,
  approval: FileCheck,
  export: Download,
  job: Cog,
  due: Clock,
}

/** The lines of the bell, by day, newest first. */
export function Panel({ onClose, titled }: { onClose: () => void; titled?: boolean }) {
  const say = useWords()
  const language = useLanguage()
  const client = useQueryClient()
  const found = useInfiniteQuery(notifications.pages())
  const lines = found.data?.pages.flatMap((page) => page.items) ?? []
  const unread = lines.some((one) => !one.read)
  const read = (ids?: string[]) => void markRead(client, ids).catch(tellFault)
  return (
    <div className="bell-panel">
      <header className="bell-head">
        {titled && <h2>{say("bell.title")}</h2>}
        <span className="bell-gap" />
        {unread && (
          <Button small look="quiet" icon={<CheckCheck size={14} />} onClick={() => read()}>
            {say("bell.all")}
          </Button>
        )}
        <Link
          to="/me"
          search={{ tab: "notifications" }}
          className="icon-button"
          aria-label={say("bell.settings")}
          title={say("bell.settings")}
          onClick={onClose}
        >
          <Settings size={16} />
        </Link>
      </header>
      {found.isPending && <Bones lines={8} gap={16} />}
      {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && lines.length === 0 && (
        <Empty title={say("bell.none")} hint={say("bell.none.hint")} />
      )}
      {byDay(lines, language, new Date()).map((day) => (
        <section key={day.label} aria-label={day.label}>
          <h3 className="bell-day">{day.label}</h3>
          <ul>
            {day.lines.map((one) => (
              <Line key={one.id} line={one} onRead={() => read([one.id])} onClose={onClose} />
            ))}
          </ul>
        </section>
      ))}
      {found.hasNextPage && (
        <Button
          small
          look="quiet"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {say("bell.more")}
        </Button>
      )}
    </div>
  )
}

interface LineProps {
  line: Notification
  onRead: () => void
  onClose: () => void
}

function Line({ line, onRead, onClose }: LineProps) {
  const say = useWords()
  const language = useLanguage()
  const wrong = line.state === "failed" || line.state === "refused"
  const Icon = wrong ? CircleAlert : (ICONS[line.kind] ?? Inbox)
  return (
    <li className="bell-line" data-unread={!line.read}>
      <Leading
        line={line}
        onGone={() => {
          if (!line.read) onRead()
          onClose()
        }}
      >
        <span className="bell-icon" data-wrong={wrong}>
          <Icon size={16} aria-hidden="true" />
        </span>
        <span className="bell-says">
          {line.says}
          <time
            className="soft"
            dateTime={line.at}
            title={new Date(line.at).toLocaleString(language)}
          >
            {ago(line.at, language, new Date(), say("bell.now"))}
          </time>
        </span>
      </Leading>
      {!line.read && (
        <IconButton label={say("bell.one")} className="bell-read" onClick={onRead}>
          <Check size={14} />
        </IconButton>
      )}
    </li>
  )
}

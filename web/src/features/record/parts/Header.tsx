import { useQueryClient } from "@tanstack/react-query"
import { Link, useNavigate, useRouter } from "@tanstack/react-router"
import {
  ChevronLeft,
  CopyCheck,
  GitMerge,
  History,
  Maximize2,
  MoreHorizontal,
  PencilLine,
  PenLine,
  Trash2,
  UsersRound,
  X,
} from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { records } from "../../../data/recipes"
import { Shown } from "../../../fields/show"
import { fieldOf, type ObjectMeta, titleOfRecord } from "../../../kernel/meta"
import { stageOf } from "../../../kernel/shape"
import { Button, IconButton } from "../../../ui/button"
import { useEntry } from "../../../ui/entry"
import { Menu } from "../../../ui/float"
import { ObjectIcon } from "../../../ui/icons"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import { Alike } from "./Alike"
import "./asides.css"
import { Merges } from "./Merges"
import { Score } from "./Score"
import { Team } from "./Team"

type Props = Place & {
  journal: ObjectMeta | undefined
  onWrite?: () => void
  onClose?: () => void
  /** Opens the record as it was on a day. */
  onThen: () => void
}

/** What the record is called, what tells most about it, and what can be done with it. */
export function Header({ object, record, known, journal, onWrite, onClose, onThen }: Props) {
  const say = useWords()
  const entry = useEntry()
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const [open, setOpen] = useState<"team" | "merges" | "alike">()
  const place = { object, record, known }
  const close = () => setOpen(undefined)
  const owner = fieldOf(object, "owner")
  const stage = stageOf(object)
  const chips = object.fields
    .filter((one) => one.kind === "option" && one !== stage && record[one.key])
    .slice(0, 4)

  async function drop() {
    try {
      await ask("DELETE", `/records/${object.key}/${record.id}`)
      if (onClose) onClose()
      else await navigate({ to: "/desk/$object", params: { object: object.key } })
      const path = `/records/${object.key}/${record.id}/restore` as const
      const again = () => client.invalidateQueries({ queryKey: records.all(object.key) })
      tell(say("bulk.deleted", { n: 1 }), {
        undo: () => void ask("POST", path).then(again, tellFault),
      })
      await again()
    } catch (error) {
      tellFault(error)
    }
  }

  return (
    <header className="record-head">
      {onClose ? (
        <IconButton label={say("do.close")} className="record-back" onClick={onClose}>
          <X size={18} />
        </IconButton>
      ) : (
        <IconButton
          label={say("do.back")}
          className="record-back"
          onClick={() => router.history.back()}
        >
          <ChevronLeft size={18} />
        </IconButton>
      )}
      <div className="record-name">
        <div className="record-title">
          <h1 className="clip">{titleOfRecord(object, record)}</h1>
          {chips.map((one) => (
            <span key={one.key} title={one.label}>
              <Shown field={one} value={record[one.key]} />
            </span>
          ))}
        </div>
        <div className="record-sub">
          <Link to="/desk/$object" params={{ object: object.key }} className="record-object">
            <ObjectIcon name={object.icon} size={14} /> {object.label}
          </Link>
          <Score {...place} onAlike={object.may.merge ? () => setOpen("alike") : undefined} />
          {owner && (
            <span className="record-owner">
              {owner.label}{" "}
              <Shown field={owner} value={record.owner} name={known.named(record, owner)} />
            </span>
          )}
        </div>
      </div>
      <div className="record-actions">
        {onClose && (
          <Link
            to="/desk/$object/$id"
            params={{ object: object.key, id: record.id }}
            className="icon-button"
            aria-label={say("record.whole")}
            title={say("record.whole")}
          >
            <Maximize2 size={16} />
          </Link>
        )}
        {onWrite && journal && (
          <Button look="main" icon={<PenLine size={15} />} onClick={onWrite}>
            {say("journal.write")}
          </Button>
        )}
        {object.may.update && (
          <Button
            icon={<PencilLine size={15} />}
            onClick={() => entry.open({ object: object.key, record })}
          >
            {say("do.edit")}
          </Button>
        )}
        <Menu
          trigger={
            <IconButton label={say("do.more")}>
              <MoreHorizontal size={18} />
            </IconButton>
          }
          items={[
            {
              label: say("team.title"),
              icon: <UsersRound size={15} />,
              run: () => setOpen("team"),
            },
            { label: say("then.look"), icon: <History size={15} />, run: onThen },
            object.may.merge && {
              label: say("alike.title"),
              icon: <CopyCheck size={15} />,
              run: () => setOpen("alike"),
            },
            {
              label: say("merges.title"),
              icon: <GitMerge size={15} />,
              run: () => setOpen("merges"),
            },
            object.may.delete && {
              label: say("do.delete"),
              icon: <Trash2 size={15} />,
              danger: true,
              run: () => void drop(),
            },
          ]}
        />
      </div>
      {open === "team" && <Team {...place} onClose={close} />}
      {open === "merges" && <Merges {...place} onClose={close} />}
      {open === "alike" && <Alike {...place} onClose={close} />}
    </header>
  )
}

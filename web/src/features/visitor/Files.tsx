import { Paperclip, X } from "lucide-react"
import { useId } from "react"
import { useSay } from "./words"

/** The files for one field, and what is taken there. */
export interface Enclosing {
  files: readonly File[]
  kinds: readonly string[]
  most: number
  megabytes: number
  onFiles: (files: File[]) => void
}

const MEGABYTE = 1 << 20

/** Whether a file is larger than the form takes. */
export function tooLarge({ files, megabytes }: Enclosing): boolean {
  return files.some((one) => one.size > megabytes * MEGABYTE)
}

interface Props {
  enclosing: Enclosing
  id: string
  notes: string | undefined
  invalid: boolean
}

/** Files that are sent along with the form; until then they stay where they are. */
export function Files({ enclosing, id, notes, invalid }: Props) {
  const say = useSay()
  const limits = useId()
  const { files, kinds, most, megabytes, onFiles } = enclosing
  return (
    <div className="visitor-files">
      {files.map((one, at) => (
        <span key={`${one.name} ${one.lastModified} ${one.size}`} className="visitor-file">
          <Paperclip size={14} aria-hidden="true" />
          <span className="clip">{one.name}</span>
          <span className="soft">{sized(one.size)}</span>
          <button
            type="button"
            aria-label={`${say("files.drop")} ${one.name}`}
            onClick={() => onFiles(files.filter((_, each) => each !== at))}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </span>
      ))}
      {files.length < most && (
        <label className="visitor-choose">
          <Paperclip size={15} aria-hidden="true" /> {say("files.add")}
          <input
            id={id}
            className="unseen"
            type="file"
            multiple={most > 1}
            accept={kinds.join(",")}
            aria-invalid={invalid || undefined}
            aria-describedby={[limits, notes].filter(Boolean).join(" ")}
            onChange={(event) => {
              onFiles([...files, ...(event.target.files ?? [])])
              // The same file may be chosen again after it was taken out.
              event.target.value = ""
            }}
          />
        </label>
      )}
      <p id={limits} className="soft">
        {say("files.most", most)}
        {say("files.size", megabytes)} {kinds.map((one) => one.slice(1)).join(" ")}
      </p>
    </div>
  )
}

function sized(bytes: number): string {
  return bytes < MEGABYTE / 10
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / MEGABYTE).toFixed(1)} MB`
}

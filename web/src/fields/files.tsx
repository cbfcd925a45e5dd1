import { Paperclip, X } from "lucide-react"
import { useId, useState } from "react"
import { ask } from "../data/client"
import type { FieldMeta, Value } from "../kernel/meta"
import { tellFault } from "../ui/toast"
import { useWords } from "../ui/words"
import type { EditProps } from "./edit"
import "./files.css"

interface Uploaded {
  id: string
  name: string
}

/** What this page has put up, by id: records tell only ids. */
const names = new Map<string, string>()

function idsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : []
}

/** Files, pictures as pictures; a click opens one. */
export function FilesShown({ field, value }: { field: FieldMeta; value: Value }) {
  return (
    <span className="files">
      {idsOf(value).map((id, at) => (
        <FileShown key={id} id={id} at={at} picture={field.kind === "image"} />
      ))}
    </span>
  )
}

function FileShown({ id, at, picture }: { id: string; at: number; picture: boolean }) {
  const say = useWords()
  const name = names.get(id) ?? say("files.one", { n: at + 1 })
  return (
    <a
      className={picture ? "file-picture" : "value-link file"}
      href={`/api/v1/files/${id}`}
      target="_blank"
      rel="noreferrer"
      title={name}
      onClick={(event) => event.stopPropagation()}
    >
      {picture ? (
        <img src={`/api/v1/files/${id}`} alt={name} loading="lazy" />
      ) : (
        <>
          <Paperclip size={12} aria-hidden="true" /> {name}
        </>
      )}
    </a>
  )
}

/** Files given to a record: chosen, or taken with the camera. */
export function FilesEdit({ field, value, onChange, id, describedBy }: EditProps) {
  const say = useWords()
  const own = useId()
  const [busy, setBusy] = useState(false)
  const ids = idsOf(value)
  const accept = field.settings.accept?.join(",") ?? (field.kind === "image" ? "image/*" : "")
  async function add(files: FileList | null) {
    setBusy(true)
    try {
      const made = await Promise.all([...(files ?? [])].map(uploaded))
      for (const one of made) names.set(one.id, one.name)
      onChange([...ids, ...made.map((one) => one.id)])
    } catch (error) {
      tellFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="files-edit">
      {ids.map((one, at) => (
        <span key={one} className="files-one">
          <FileShown id={one} at={at} picture={field.kind === "image"} />
          <button
            type="button"
            aria-label={`${say("filter.drop")} ${names.get(one) ?? at + 1}`}
            onClick={() => onChange(ids.length > 1 ? ids.filter((each) => each !== one) : null)}
          >
            <X size={13} />
          </button>
        </span>
      ))}
      <label className="button button-plain button-small" htmlFor={id ?? own}>
        <Paperclip size={13} aria-hidden="true" /> {say(busy ? "files.busy" : "files.add")}
        <input
          id={id ?? own}
          className="unseen"
          type="file"
          multiple
          accept={accept || undefined}
          disabled={busy}
          aria-label={id ? undefined : field.label}
          aria-describedby={describedBy}
          onChange={(event) => void add(event.target.files)}
        />
      </label>
    </div>
  )
}

function uploaded(file: File): Promise<Uploaded> {
  const form = new FormData()
  form.set("file", file)
  return ask<Uploaded>("POST", "/files", { form })
}

import { FileSpreadsheet } from "lucide-react"
import { useId, useState } from "react"
import type { ObjectMeta } from "../../../kernel/meta"
import { useWords } from "../../../ui/words"

interface Props {
  object: ObjectMeta
  busy: boolean
  onFile: (file: File) => void
}

/** Where a file is dropped, or chosen. */
export function FileStep({ object, busy, onFile }: Props) {
  const say = useWords()
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <div className="import-file">
      <label
        htmlFor={id}
        className="import-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const file = event.dataTransfer.files[0]
          if (file) onFile(file)
        }}
      >
        <FileSpreadsheet size={32} aria-hidden="true" />
        <strong>{say(busy ? "import.reading" : "import.drop")}</strong>
        <span className="soft">{say("import.kinds")}</span>
        <input
          id={id}
          type="file"
          className="unseen"
          accept=".xlsx,.xls,.csv,.tsv"
          disabled={busy}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) onFile(file)
          }}
        />
      </label>
      <a
        className="value-link import-template"
        href={`/api/v1/imports/template/${object.key}.xlsx`}
      >
        {say("import.template")}
      </a>
    </div>
  )
}

import { Button } from "../../../ui/button"
import { useWords } from "../../../ui/words"
import type { Change, Draft } from "../api"

/** A head further down than this is guessed, or stands in a sheet that has to be cleaned first. */
const HEADS = 12

interface Props {
  draft: Draft
  busy: boolean
  onChange: (change: Change) => void
  onFile: () => void
}

/** What is said of the file as a whole: the sheet and its head. */
export function SheetOptions({ draft, busy, onChange, onFile }: Props) {
  const say = useWords()
  const sheet = draft.sheets.find((one) => one.name === draft.sheet)
  const head = draft.header.join(" ")
  const rows = Array.from({ length: Math.min(HEADS, sheet?.lines ?? 1) }, (_, at) => `${at + 1}`)
  const hidden = sheet?.hidden_lines ?? 0
  return (
    <>
      <div className="import-options">
        <span className="import-name">
          <strong className="clip">{draft.name}</strong>
          <Button look="quiet" small disabled={busy} onClick={onFile}>
            {say("import.other")}
          </Button>
        </span>
        {draft.sheets.length > 1 && (
          <label>
            {say("import.sheet")}
            <select
              className="input"
              value={draft.sheet}
              disabled={busy}
              onChange={(event) => onChange({ sheet: event.target.value })}
            >
              {draft.sheets.map((one) => (
                <option key={one.name} value={one.name}>
                  {say("import.sheet.lines", { name: one.name, n: one.lines.toLocaleString() })}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {say("import.head")}
          <select
            className="input"
            value={head}
            disabled={busy}
            onChange={(event) =>
              onChange({ header: event.target.value ? [Number(event.target.value)] : [] })
            }
          >
            {head && !rows.includes(head) && (
              <option value={head}>{say("import.head.at", { n: draft.header.join("、") })}</option>
            )}
            {rows.map((one) => (
              <option key={one} value={one}>
                {say("import.head.at", { n: one })}
              </option>
            ))}
            <option value="">{say("import.head.none")}</option>
          </select>
        </label>
      </div>
      {hidden > 0 && <p className="import-missing">{say("import.hidden", { n: hidden })}</p>}
    </>
  )
}

import { Button } from "../button"
import { tell } from "../toast"
import { useWords } from "../words"
import "./account.css"

/** Codes that are shown this once, to be kept where nobody else looks. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const say = useWords()
  return (
    <div className="stack">
      <p>
        <strong>{say("account.codes.title")}</strong>
        <br />
        <span className="soft">{say("account.codes.hint")}</span>
      </p>
      <ul className="codes">
        {codes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <div className="stack-actions">
        <Button
          onClick={() =>
            void navigator.clipboard
              ?.writeText(codes.join("\n"))
              .then(() => tell(say("account.copied")))
          }
        >
          {say("account.copy")}
        </Button>
        <a
          className="button button-plain"
          download="zhike-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`}
        >
          {say("account.codes.file")}
        </a>
        <Button look="main" onClick={onDone}>
          {say("account.codes.kept")}
        </Button>
      </div>
    </div>
  )
}

import type { Catalog } from "../kernel/meta"
import type { Word } from "../kernel/words/zh"
import { Dialog } from "../ui/dialog"
import { useWords } from "../ui/words"
import { lettersOf } from "./keys"
import "./help.css"

const PARTS: [Word, [string[], Word][]][] = [
  [
    "help.everywhere",
    [
      [["Ctrl K"], "help.palette"],
      [["/"], "help.search"],
      [["c"], "help.new"],
      [["?"], "help.title"],
    ],
  ],
  [
    "help.list",
    [
      [["j", "k"], "help.move"],
      [["Space"], "help.peek"],
      [["Enter"], "help.open"],
      [["e", "F2"], "help.edit"],
      [["Ctrl C", "Ctrl V"], "help.copy"],
      [["Ctrl D"], "help.fill"],
      [["Ctrl Z"], "help.undo"],
      [["Delete"], "help.clear"],
      [["Esc"], "help.leave"],
    ],
  ],
  [
    "help.record",
    [
      [["e"], "do.edit"],
      [["w"], "journal.write"],
      [["Ctrl Enter"], "help.keep"],
    ],
  ],
]

/** Every key, on one page. */
export function Help({ known, onClose }: { known: Catalog; onClose: () => void }) {
  const say = useWords()
  const places: [string, string][] = [
    ["h", say("nav.home")],
    ...[...lettersOf(known)].map(([letter, one]): [string, string] => [letter, one.plural]),
  ]
  return (
    <Dialog look="wide" title={say("help.title")} onClose={onClose}>
      <div className="help">
        {PARTS.map(([title, keys]) => (
          <section key={title}>
            <h3>{say(title)}</h3>
            <dl>
              {keys.map(([pressed, word]) => (
                <div key={word}>
                  <dt>
                    {pressed.map((one) => (
                      <kbd key={one}>{one}</kbd>
                    ))}
                  </dt>
                  <dd>{say(word)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{say("help.go")}</h3>
          <dl>
            {places.map(([letter, name]) => (
              <div key={letter}>
                <dt>
                  <kbd>g</kbd>
                  <kbd>{letter}</kbd>
                </dt>
                <dd>{name}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}

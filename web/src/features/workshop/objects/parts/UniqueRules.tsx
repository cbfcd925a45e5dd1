import { Plus, X } from "lucide-react"
import { useState } from "react"
import { saidIn } from "../../../../kernel/design/object"
import { Button, IconButton } from "../../../../ui/button"
import { Empty } from "../../../../ui/states"
import { useWords } from "../../../../ui/words"
import type { Design } from "../context"
import { FieldSet } from "./FieldSet"

const NEVER = ["children", "lookups", "long_text", "attachment", "image", "signature", "formula"]

/** Which fields, alone or together, may not be the same in two records. */
export function UniqueRules({ design }: { design: Design }) {
  const say = useWords()
  const { draft, language } = design
  const { document } = draft
  const groups = document.unique ?? []
  const [fresh, setFresh] = useState<string[]>()
  const alone = document.fields.filter((one) => one.unique === true)
  const set = (unique: string[][]) => draft.change({ ...document, unique })
  return (
    <div className="designer-narrow rules">
      <p className="soft">{say("rules.hint")}</p>
      {alone.length === 0 && groups.length === 0 && !fresh && <Empty title={say("rules.none")} />}
      <ul>
        {alone.map((one) => (
          <li key={one.key}>
            <span className="chip" data-color="grey">
              {saidIn(one.label, language)}
            </span>
            <span className="soft">{say("rules.alone")}</span>
          </li>
        ))}
        {groups.map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name
          <li key={at}>
            <FieldSet
              label={say("rules.fields")}
              document={document}
              language={language}
              value={group}
              without={NEVER}
              onChange={(keys) =>
                set(
                  keys.length
                    ? groups.map((one, place) => (place === at ? keys : one))
                    : groups.filter((_, place) => place !== at),
                )
              }
            />
            <span className="soft">{say("rules.together")}</span>
            <IconButton
              label={say("rules.drop")}
              onClick={() => set(groups.filter((_, place) => place !== at))}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
        {fresh && (
          <li>
            <FieldSet
              label={say("rules.fields")}
              document={document}
              language={language}
              value={fresh}
              without={NEVER}
              onChange={(keys) => {
                if (keys.length < 2) return setFresh(keys)
                set([...groups, keys])
                setFresh(undefined)
              }}
            />
            <span className="soft">{say("rules.two")}</span>
          </li>
        )}
      </ul>
      {!fresh && (
        <Button icon={<Plus size={16} />} onClick={() => setFresh([])}>
          {say("rules.add")}
        </Button>
      )}
    </div>
  )
}

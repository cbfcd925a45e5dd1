import { type Callable, callAt } from "../../kernel/expression/complete"
import { inWords } from "../../kernel/expression/in_words"
import type { Scene } from "../../kernel/expression/names"
import type { FieldMeta } from "../../kernel/meta"
import type { Word } from "../../kernel/words/zh"
import { useWords } from "../../ui/words"
import { texted } from "../edit"
import { RecordPicker } from "../record"
import type { Checking } from "./checked"

interface Props {
  id: string
  checked: Checking
  scene: Scene
  here: { text: string; caret?: number; functions: readonly Callable[] }
}

/** Below an expression: how the function at hand is used, what is wrong, or what it gives. */
export function Verdict({ id, checked, scene, here }: Props) {
  const say = useWords()
  const { told, fresh, error } = checked
  const call = here.caret === undefined ? undefined : callAt(here.text, here.caret)
  const used = here.functions.find((one) => one.name === call?.name.toUpperCase())
  return (
    <div className="expression-verdict" id={id} aria-live="polite" data-stale={!fresh || undefined}>
      {used && <Usage one={used} />}
      {error !== null && error !== undefined && <p className="expression-bad">{String(error)}</p>}
      {told?.problems.map((one) => (
        <p key={`${one.start} ${one.code}`} className="expression-bad">
          {one.message}
          {one.hint && ` ${one.hint}`}
        </p>
      ))}
      {told?.type && (
        <p className="expression-good">
          <span className="expression-type">{say(`expression.type.${told.type}` as Word)}</span>
          {told.tree !== undefined && <span className="soft">{inWords(told.tree, scene)}</span>}
        </p>
      )}
      {told?.type && checked.trial && told.sample !== undefined && (
        <Trial id={`${id}-sample`} checked={checked} />
      )}
    </div>
  )
}

function Usage({ one }: { one: Callable }) {
  return (
    <p className="expression-usage">
      <code>{one.usage}</code> {one.doc}
      {one.examples[0] && (
        <>
          {" · "}
          <code>
            {one.examples[0].text} → {one.examples[0].gives ?? "—"}
          </code>
        </>
      )}
    </p>
  )
}

/** What it gives on one record, and the choice of that record. */
function Trial({ id, checked }: { id: string; checked: Checking }) {
  const say = useWords()
  const { told, object, record, tryOn } = checked
  const data = told?.sample
  if (!data) return <p className="soft">{say("expression.sample.none")}</p>
  const picked = { ...PICK, object, label: say("expression.sample.pick") }
  return (
    <div className="expression-trial">
      <label className="soft" htmlFor={id}>
        {say("expression.sample")}
      </label>
      <RecordPicker
        id={id}
        field={picked}
        value={record ?? data.id}
        name={data.title ?? data.id}
        onChange={(value) => tryOn(value === null ? undefined : String(value))}
      />
      <output>→ {shown(data.value, say)}</output>
    </div>
  )
}

function shown(value: Parameters<typeof texted>[0], say: ReturnType<typeof useWords>): string {
  if (value === null || value === undefined || value === "") return say("expression.nothing")
  if (typeof value === "boolean") return say(value ? "value.yes" : "value.no")
  return Array.isArray(value) ? value.map(texted).join("、") : texted(value)
}

const PICK: FieldMeta = {
  key: "sample",
  kind: "lookup",
  type: "record",
  label: "",
  help: "",
  required: false,
  unique: false,
  system: false,
  ordered: false,
  searched: false,
  indexed: false,
  operators: [],
  object: null,
  settings: {},
  options: [],
  level: "write",
  create: true,
  update: true,
}

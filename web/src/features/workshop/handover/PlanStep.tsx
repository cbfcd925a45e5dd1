import { Plus, X } from "lucide-react"
import { Button, IconButton } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { Menu } from "../../../ui/float"
import { Labelled, Tick } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"
import type { Survey } from "./api"
import { type Draft, NOWHERE, type Rule } from "./model"
import { SomeoneField, TargetField } from "./Targets"

const ALONG = ["teams", "reports", "departments", "views"] as const

/** What somebody has, and to whom it shall go. */
export function PlanStep({
  survey,
  draft,
  onChange,
}: {
  survey: Survey
  draft: Draft
  onChange: (draft: Draft) => void
}) {
  const say = useWords()
  const owned = survey.objects.filter((one) => one.count > 0)
  const named = (one: Survey["objects"][number]) =>
    one.field === "owner" ? one.label : `${one.label} · ${one.field_label}`
  const along = ALONG.filter((one) => amount(survey[one]) > 0)
  const others = say(
    Object.keys(draft.objects).length > 0 ? "handover.others" : "handover.everything",
  )
  const open = survey.objects.filter((one) => !(one.key in draft.objects))
  return (
    <>
      <section className="people-part">
        <h3>{say("handover.owns")}</h3>
        <p className="chips">
          {owned.length === 0 && <span className="soft">{say("handover.owns.none")}</span>}
          {owned.map((one) => (
            <Chip key={one.key} word={`${named(one)} ${one.count}`} color="teal" />
          ))}
          {survey.reports.length > 0 && (
            <Chip word={`${say("handover.reports")} ${survey.reports.length}`} color="amber" />
          )}
          {survey.departments.map((one) => (
            <Chip key={one.id} word={`${say("handover.heads")} ${one.name}`} color="amber" />
          ))}
          {(["teams", "views", "keys", "imports", "exports"] as const)
            .filter((one) => survey[one] > 0)
            .map((one) => (
              <Chip key={one} word={`${say(`handover.${one}`)} ${survey[one]}`} color="grey" />
            ))}
        </p>
      </section>
      <section className="people-part">
        <div className="handover-line">
          <span>{others}</span>
          <TargetField
            label={others}
            value={draft.others}
            onChange={(changed) => onChange({ ...draft, others: changed })}
          />
        </div>
        {Object.entries(draft.objects).map(([key, rules]) => (
          <Rules
            key={key}
            label={named(survey.objects.find((one) => one.key === key) ?? { ...EMPTY, key })}
            rules={rules}
            onChange={(changed) => {
              const { [key]: _, ...others } = draft.objects
              const objects = changed.length > 0 ? { ...draft.objects, [key]: changed } : others
              onChange({ ...draft, objects })
            }}
          />
        ))}
        <div>
          <Menu
            align="start"
            trigger={
              <Button small icon={<Plus size={14} />}>
                {say("handover.object.add")}
              </Button>
            }
            items={open.map((one) => ({
              label: `${named(one)} ${one.count || ""}`,
              run: () =>
                onChange({ ...draft, objects: { ...draft.objects, [one.key]: [fresh([])] } }),
            }))}
          />
        </div>
      </section>
      <section className="people-part" hidden={along.length === 0}>
        <h3>{say("handover.takes")}</h3>
        {along.map((one) => (
          <div key={one} className="handover-line">
            <span>{say(`handover.takes.${one}`)}</span>
            <SomeoneField
              label={say(`handover.takes.${one}`)}
              value={draft[one]}
              onChange={(value) => onChange({ ...draft, [one]: value })}
            />
          </div>
        ))}
      </section>
      <Tick
        label={say("handover.disable")}
        checked={draft.disable}
        onChange={(disable) => onChange({ ...draft, disable })}
      />
      <Labelled label={say("handover.reason")}>
        {({ id }) => (
          <input
            id={id}
            className="input"
            maxLength={500}
            value={draft.reason}
            onChange={(event) => onChange({ ...draft, reason: event.target.value })}
          />
        )}
      </Labelled>
    </>
  )
}

const EMPTY: Survey["objects"][number] = {
  key: "",
  object: "",
  field: "owner",
  label: "…",
  field_label: "",
  count: 0,
}

function amount(of: number | readonly unknown[]): number {
  return typeof of === "number" ? of : of.length
}

function fresh(rules: readonly Rule[]): Rule {
  return {
    id: 1 + Math.max(0, ...rules.map((one) => one.id)),
    where: "",
    to: { ...NOWHERE, way: "user" },
  }
}

function Rules({
  label,
  rules,
  onChange,
}: {
  label: string
  rules: Rule[]
  onChange: (rules: Rule[]) => void
}) {
  const say = useWords()
  const set = (id: number, change: Partial<Rule>) =>
    onChange(rules.map((one) => (one.id === id ? { ...one, ...change } : one)))
  return (
    <fieldset className="handover-rules">
      <legend>{label}</legend>
      {rules.map((one, at) => (
        <div key={one.id} className="handover-rule">
          <span className="soft">{say("handover.rule", { n: at + 1 })}</span>
          <input
            className="input"
            aria-label={`${label} ${say("handover.rule.where")}`}
            placeholder={say("handover.rule.where")}
            value={one.where}
            onChange={(event) => set(one.id, { where: event.target.value })}
          />
          <TargetField
            label={`${label} ${say("handover.rule", { n: at + 1 })}`}
            value={one.to}
            onChange={(to) => set(one.id, { to })}
          />
          <IconButton
            label={say("handover.rule.drop")}
            onClick={() => onChange(rules.filter((other) => other.id !== one.id))}
          >
            <X size={15} />
          </IconButton>
        </div>
      ))}
      <div className="chips">
        <Button small look="quiet" onClick={() => onChange([...rules, fresh(rules)])}>
          {say("handover.rule.add")}
        </Button>
        <span className="soft">{say("handover.rule.hint")}</span>
      </div>
    </fieldset>
  )
}

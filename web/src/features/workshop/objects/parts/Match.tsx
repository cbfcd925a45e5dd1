import { useMutation, useQuery } from "@tanstack/react-query"
import { Plus, X } from "lucide-react"
import { useState } from "react"
import {
  configuration,
  type Plan,
  planned,
  type Stored,
  written,
} from "../../../../data/configuration"
import { Fault } from "../../../../data/fault"
import { keep, useKept } from "../../../../data/preferences"
import {
  began,
  type MatchDocument,
  matchIn,
  percentOf,
  weighed,
} from "../../../../kernel/design/match"
import { same } from "../../../../kernel/design/object"
import { type Placed, placed } from "../../../../kernel/design/problems"
import type { Word } from "../../../../kernel/words/zh"
import { Button, IconButton } from "../../../../ui/button"
import { Bones, Empty, Trouble } from "../../../../ui/states"
import { tell, tellFault } from "../../../../ui/toast"
import { useWords } from "../../../../ui/words"
import { PlanDialog } from "../../planning/PlanDialog"
import { Problems } from "../../planning/Problems"
import type { Design } from "../context"
import { FieldSet } from "./FieldSet"
import { Weights } from "./Weights"

/** When two records are the same one: the fields that decide it, those that count, from when on. */
export function Match({ design }: { design: Design }) {
  const say = useWords()
  const { document } = design.draft
  const { data, error, refetch } = useQuery(configuration.list<MatchDocument>("match"))
  const name = `draft.match.${document.key}`
  const text = useKept(name)
  const stored = data?.find((one) => one.body.object === document.key)
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <Bones lines={6} />
  const match = matchIn(text) ?? stored?.body
  if (!match)
    return (
      <Empty title={say("match.none")} hint={say("match.none.hint")}>
        <Button
          look="main"
          onClick={() => keep(name, JSON.stringify(began(document.key, document.title ?? "name")))}
        >
          {say("match.begin")}
        </Button>
      </Empty>
    )
  return <Rules design={design} match={match} stored={stored} name={name} />
}

interface Props {
  design: Design
  match: MatchDocument
  stored: Stored<MatchDocument> | undefined
  name: string
}

function Rules({ design, match, stored, name }: Props) {
  const say = useWords()
  const { document } = design.draft
  const [plan, setPlan] = useState<Plan>()
  const [problems, setProblems] = useState<Placed[]>([])
  const [fresh, setFresh] = useState(false)
  const set = (next: Partial<MatchDocument>) => keep(name, JSON.stringify({ ...match, ...next }))
  const drop = () => keep(name, null)
  const changed = !stored || !same(match, stored.body)
  const planning = useMutation({
    mutationFn: () => planned({ documents: [match] }),
    onSuccess: (found) => {
      setProblems([])
      setPlan(found)
    },
    onError: (error) => {
      if (error instanceof Fault && error.errors.length) setProblems(error.errors.map(placed))
      else tellFault(error)
    },
  })
  const sets = { document, language: design.language, label: say("rules.fields") }
  return (
    <div className="designer-narrow rules">
      <p className="soft">{say("match.hint")}</p>
      <h2>{say("match.keys")}</h2>
      <ul>
        {match.keys.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name
          <li key={at}>
            <FieldSet
              {...sets}
              value={one.fields}
              onChange={(fields) =>
                set({
                  keys: fields.length
                    ? match.keys.map((each, place) => (place === at ? { ...each, fields } : each))
                    : match.keys.filter((_, place) => place !== at),
                })
              }
            />
            <select
              className="input rules-using"
              aria-label={say("match.using")}
              value={one.using ?? "exact"}
              onChange={(event) =>
                set({
                  keys: match.keys.map((each, place) =>
                    place === at ? { ...each, using: event.target.value } : each,
                  ),
                })
              }
            >
              {["exact", "company_core"].map((each) => (
                <option key={each} value={each}>
                  {say(`match.using.${each}` as Word)}
                </option>
              ))}
            </select>
            {match.keys.length > 1 && (
              <IconButton
                label={say("rules.drop")}
                onClick={() => set({ keys: match.keys.filter((_, place) => place !== at) })}
              >
                <X size={14} />
              </IconButton>
            )}
          </li>
        ))}
        {fresh && (
          <li>
            <FieldSet
              {...sets}
              value={[]}
              onChange={(fields) => {
                set({ keys: [...match.keys, { fields }] })
                setFresh(false)
              }}
            />
          </li>
        )}
      </ul>
      <Button small icon={<Plus size={14} />} onClick={() => setFresh(true)}>
        {say("match.keys.add")}
      </Button>
      <Weights
        {...sets}
        compare={match.compare ?? []}
        onChange={(compare) => set({ compare: compare.length ? compare : undefined })}
      />
      <h2>{say("match.then")}</h2>
      <div className="settings">
        <label htmlFor="match-on">{say("match.on_duplicate")}</label>
        <select
          id="match-on"
          className="input"
          value={match.on_duplicate ?? "error"}
          onChange={(event) => set({ on_duplicate: event.target.value })}
        >
          {["error", "skip", "update", "create"].map((one) => (
            <option key={one} value={one}>
              {say(`match.on.${one}` as Word)}
            </option>
          ))}
        </select>
        {(["block", "warn"] as const).map((one) => (
          <Threshold
            key={one}
            id={`match-${one}`}
            label={say(`match.${one}`)}
            value={percentOf(match, one)}
            onChange={(value) => set(weighed(match, one, value))}
          />
        ))}
      </div>
      <div className="settings-foot">
        {changed && (
          <>
            <Button onClick={drop}>{say("objects.drop")}</Button>
            <Button look="main" disabled={planning.isPending} onClick={() => planning.mutate()}>
              {say("match.save")}
            </Button>
          </>
        )}
      </div>
      <Problems problems={problems} where={(one) => one.member} />
      {plan && (
        <PlanDialog
          plan={plan}
          title={say("match.plan")}
          run={(confirm) => written(match, stored?.version ?? 0, confirm)}
          onDone={() => {
            drop()
            setPlan(undefined)
            tell(say("match.saved"))
          }}
          onClose={() => setPlan(undefined)}
        />
      )}
    </div>
  )
}

interface ThresholdProps {
  id: string
  label: string
  value: number | undefined
  onChange: (value: number | undefined) => void
}

function Threshold({ id, label, value, onChange }: ThresholdProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <span className="rules-percent">
        <input
          id={id}
          className="input"
          type="number"
          min={1}
          max={100}
          value={value ?? ""}
          onChange={(event) =>
            onChange(event.target.value === "" ? undefined : Number(event.target.value))
          }
        />
        %
      </span>
    </>
  )
}

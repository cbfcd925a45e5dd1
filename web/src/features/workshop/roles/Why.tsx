import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Check, Minus, X } from "lucide-react"
import { users } from "../../../data/people"
import { catalog, me } from "../../../data/recipes"
import { ChoosePerson } from "../../../fields/people"
import { RecordPicker } from "../../../fields/record"
import type { FieldMeta } from "../../../kernel/meta"
import { PersonTag } from "../../../ui/chip"
import { ChooseOne } from "../../../ui/inputs"
import { Labelled } from "../../../ui/labelled"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { access, type Question } from "./api"
import { LevelChip } from "./Compare"
import { ACTIONS } from "./model"
import type { RolesSearch } from "./search"

/** Why somebody may, or may not, do something with a record or a field; and who may at all. */
export function Why({ search }: { search: RolesSearch }) {
  const say = useWords()
  const navigate = useNavigate()
  const { data: who } = useQuery(me())
  const { data: known } = useQuery(catalog())
  const objects = known?.objects.filter((one) => one.may.read) ?? []
  const user = search.user ?? who?.user.id
  const person = useQuery({ ...users.one(user ?? ""), enabled: !!user })
  const object = objects.find((one) => one.key === search.object) ?? objects[0]
  const go = (change: Partial<RolesSearch>) =>
    void navigate({ to: "/workshop/roles", search: { ...search, ...change }, replace: true })
  const asked: Question = {
    user,
    object: object?.key ?? "",
    record: search.record,
    field: search.field,
    action: search.action ?? "read",
  }
  return (
    <div className="roles-pad why">
      <div className="labelled-rows why-form">
        <Labelled label={say("why.who")}>
          {(field) => (
            <ChoosePerson
              {...field}
              label={say("why.who")}
              value={user ?? null}
              name={person.data?.name}
              onChange={(id) => go({ user: id ?? undefined })}
            />
          )}
        </Labelled>
        <ChooseOne
          label={say("why.action")}
          value={asked.action}
          choices={ACTIONS.map((one) => ({ key: one, label: say(`act.${one}`) }))}
          onChange={(action) => go({ action })}
        />
        <ChooseOne
          label={say("roles.object")}
          value={object?.key}
          choices={objects}
          onChange={(chosen) => go({ object: chosen, record: undefined, field: undefined })}
        />
        <ChooseOne
          label={say("roles.field")}
          value={search.field ?? ""}
          none={say("why.whole")}
          choices={object?.fields}
          onChange={(chosen) => go({ field: chosen || undefined })}
        />
        <Labelled label={say("why.record")} wide>
          {(field) => (
            <RecordPicker
              {...field}
              field={pointing(say("why.record"), object?.key ?? "")}
              value={search.record ?? null}
              onChange={(id) => go({ record: typeof id === "string" ? id : undefined })}
            />
          )}
        </Labelled>
      </div>
      {object && user && <Answer asked={asked} />}
      {object && search.record && <Able asked={asked} />}
    </div>
  )
}

/** A field that points at a record of an object, which is all the picker wants to know. */
function pointing(label: string, object: string): FieldMeta {
  return {
    key: "record",
    kind: "lookup",
    type: "lookup",
    label,
    help: "",
    required: false,
    unique: false,
    system: false,
    ordered: false,
    searched: false,
    indexed: false,
    operators: [],
    object,
    settings: {},
    options: [],
    level: "write",
    create: true,
    update: true,
  }
}

function Answer({ asked }: { asked: Question }) {
  const say = useWords()
  const found = useQuery(access.explained(asked))
  if (found.isError) return <Trouble error={found.error} />
  if (!found.data) return <Bones lines={4} gap={14} />
  const { allowed, level, chain, user } = found.data
  return (
    <section className="why-answer" data-allowed={allowed} aria-live="polite">
      <h2>
        {allowed ? <Check size={18} /> : <X size={18} />}
        {say(allowed ? (asked.record ? "why.may" : "why.may.some") : "why.may.not", {
          name: user.name,
        })}
        {level && <LevelChip level={level} />}
      </h2>
      {chain.length === 0 ? (
        <p className="soft">{say("why.nothing")}</p>
      ) : (
        <ol className="why-chain">
          {chain.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no other name
            <li key={at} data-holds={one.holds === null ? "open" : String(one.holds)}>
              {one.holds === null ? (
                <Minus size={15} aria-hidden="true" />
              ) : one.holds === one.allows ? (
                <Check size={15} aria-hidden="true" />
              ) : (
                <X size={15} aria-hidden="true" />
              )}
              {one.text}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Able({ asked }: { asked: Question }) {
  const say = useWords()
  const found = useQuery(access.able(asked))
  if (found.isError) return <Trouble error={found.error} />
  return (
    <section>
      <h2>{say("why.able")}</h2>
      {!found.data ? (
        <Bones lines={4} gap={14} />
      ) : (
        <ul className="why-able">
          {found.data.map((one) => (
            <li key={one.user.id}>
              <PersonTag name={one.user.name} />
              <span className="soft">{one.reasons.join(";")}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

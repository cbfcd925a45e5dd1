import { useQuery } from "@tanstack/react-query"
import { type Absence, type Department, departments, type User } from "../../../data/people"
import { ChooseDepartments, ChoosePerson, ChooseRoles } from "../../../fields/people"
import { ChooseOne, Line } from "../../../ui/inputs"
import { Labelled } from "../../../ui/labelled"
import { LANGUAGES } from "../../../ui/languages"
import { useWords } from "../../../ui/words"

/** What of a user is written in the form. */
export interface Draft {
  name: string
  number: string
  login: string
  mobile: string
  email: string
  roles: string[]
  departments: { id: string; main: boolean }[]
  manager: string | null
  manager_name?: string
  language: "zh" | "en"
  zone: string
  joined_on: string
  left_on: string
}

export type Given = Partial<Omit<User, "absence">> & { absence?: Absence | null; password?: string }

export const EMPTY: Draft = {
  name: "",
  number: "",
  login: "",
  mobile: "",
  email: "",
  roles: [],
  departments: [],
  manager: null,
  language: "zh",
  zone: "",
  joined_on: "",
  left_on: "",
}

export function draftOf(user: User): Draft {
  return {
    name: user.name,
    number: user.number ?? "",
    login: user.login,
    mobile: user.mobile ?? "",
    email: user.email ?? "",
    roles: user.roles,
    departments: user.departments.map(({ id, main }) => ({ id, main })),
    manager: user.manager,
    language: user.language,
    zone: user.zone ?? "",
    joined_on: user.joined_on ?? "",
    left_on: user.left_on ?? "",
  }
}

/** What differs between two drafts, as the API takes it: an empty text is no value. */
export function changes(before: Draft, after: Draft): Record<string, unknown> {
  const told: Record<string, unknown> = {}
  for (const key of Object.keys(EMPTY) as (keyof Draft)[]) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue
    told[key] = after[key] === "" && key !== "name" && key !== "login" ? null : after[key]
  }
  return told
}

/** The departments somebody sits in, of which the first one given is the main one. */
export function placed(ids: string[], before: Draft["departments"]): Draft["departments"] {
  const main = before.find((one) => one.main && ids.includes(one.id))?.id ?? ids[0]
  return ids.map((id) => ({ id, main: id === main }))
}

export const SAID = [
  "name",
  "number",
  "login",
  "mobile",
  "email",
  "roles",
  "departments",
  "manager",
  "zone",
  "joined_on",
  "left_on",
  "password",
] as const

/** The fields of a user. */
export function UserFields({
  draft,
  managerName,
  wrong,
  onChange,
}: {
  draft: Draft
  managerName?: string
  wrong: (path: string) => string | undefined
  onChange: (change: Partial<Draft>) => void
}) {
  const say = useWords()
  const text = (
    key: "name" | "number" | "login" | "mobile" | "email" | "zone" | "joined_on" | "left_on",
    label: string,
    more: { type?: string; required?: boolean; placeholder?: string } = {},
  ) => (
    <Line
      label={label}
      wrong={wrong(key)}
      value={draft[key]}
      onChange={(value) => onChange({ [key]: value })}
      {...more}
    />
  )
  return (
    <div className="labelled-rows">
      {text("name", say("people.name"), { required: true })}
      {text("number", say("people.number"))}
      {text("login", say("people.login"), { required: true })}
      {text("mobile", say("people.mobile"), { type: "tel" })}
      {text("email", say("people.email"), { type: "email" })}
      <Labelled label={say("people.roles")} wrong={wrong("roles")}>
        {(field) => (
          <ChooseRoles
            {...field}
            label={say("people.roles")}
            value={draft.roles}
            onChange={(roles) => onChange({ roles })}
          />
        )}
      </Labelled>
      <Places draft={draft} wrong={wrong("departments")} onChange={onChange} />
      <Labelled label={say("people.manager")} wrong={wrong("manager")}>
        {(field) => (
          <ChoosePerson
            {...field}
            label={say("people.manager")}
            value={draft.manager}
            name={draft.manager_name ?? managerName}
            onChange={(manager, manager_name) => onChange({ manager, manager_name })}
          />
        )}
      </Labelled>
      <ChooseOne
        label={say("people.language")}
        value={draft.language}
        choices={LANGUAGES}
        onChange={(language) => onChange({ language: language as "zh" | "en" })}
      />
      {text("joined_on", say("people.joined"), { type: "date" })}
      {text("left_on", say("people.left"), { type: "date" })}
      {text("zone", say("people.zone"), { placeholder: say("people.zone.default") })}
    </div>
  )
}

function Places({
  draft,
  wrong,
  onChange,
}: {
  draft: Draft
  wrong?: string
  onChange: (change: Partial<Draft>) => void
}) {
  const say = useWords()
  const { data } = useQuery(departments())
  const named = (id: string) => data?.find((one: Department) => one.id === id)?.name ?? "…"
  return (
    <Labelled label={say("people.department")} wrong={wrong}>
      {(field) => (
        <div className="people-places">
          <ChooseDepartments
            {...field}
            label={say("people.department")}
            value={draft.departments.map((one) => one.id)}
            onChange={(ids) => onChange({ departments: placed(ids, draft.departments) })}
          />
          {draft.departments.length > 1 && (
            <fieldset className="chips people-mains">
              <legend className="soft">{say("people.main")}</legend>
              {draft.departments.map((one) => (
                <label key={one.id} className="tick">
                  <input
                    type="radio"
                    name={`${field.id}-main`}
                    checked={one.main}
                    onChange={() =>
                      onChange({
                        departments: draft.departments.map(({ id }) => ({
                          id,
                          main: id === one.id,
                        })),
                      })
                    }
                  />
                  <span>{named(one.id)}</span>
                </label>
              ))}
            </fieldset>
          )}
        </div>
      )}
    </Labelled>
  )
}

/** People, departments and roles, chosen where no record is at hand. */

import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { departments, roles } from "../data/people"
import { found } from "../data/recipes"
import { Chip, PersonTag } from "../ui/chip"
import { type Choice, Picker } from "./picker"

interface Common {
  label: string
  id?: string
  invalid?: boolean
  describedBy?: string
}

/** One person, found by name, pinyin or number. */
export function ChoosePerson({
  value,
  name,
  onChange,
  ...rest
}: Common & {
  value: string | null
  name?: string
  nothing?: string
  onChange: (id: string | null, name?: string) => void
}) {
  const [search, setSearch] = useState("")
  const { data } = useQuery(found.people(search))
  const called = name ?? data?.find((one) => one.id === value)?.name ?? "…"
  return (
    <Picker
      {...rest}
      choices={(data ?? []).map((one) => ({
        key: one.id,
        label: one.name,
        shown: <PersonTag name={one.label} />,
      }))}
      chosen={value ? [value] : []}
      shown={<PersonTag name={called} />}
      onSearch={setSearch}
      onChange={(keys) => onChange(keys[0] ?? null, data?.find((one) => one.id === keys[0])?.name)}
    />
  )
}

/** Several people, who are known by name already. */
export function ChoosePeople({
  value,
  placeholder,
  onChange,
  ...rest
}: Common & {
  value: { id: string; name: string }[]
  placeholder?: string
  onChange: (value: { id: string; name: string }[]) => void
}) {
  const [search, setSearch] = useState("")
  const { data } = useQuery(found.people(search))
  const offered: Choice[] = (data ?? []).map((one) => ({
    key: one.id,
    label: one.name,
    shown: <PersonTag name={one.label} />,
  }))
  const named = (id: string) =>
    value.find((one) => one.id === id)?.name ?? data?.find((one) => one.id === id)?.name ?? "…"
  return (
    <Picker
      {...rest}
      many
      choices={offered}
      chosen={value.length > 0 || !placeholder ? value.map((one) => one.id) : [""]}
      shown={
        value.length > 0
          ? value.map((one) => <PersonTag key={one.id} name={one.name} />)
          : placeholder
      }
      onSearch={setSearch}
      onChange={(keys) =>
        onChange(keys.filter((id) => id !== "").map((id) => ({ id, name: named(id) })))
      }
    />
  )
}

function useDepartmentChoices(but?: (id: string) => boolean): Choice[] {
  const { data } = useQuery(departments())
  return (data ?? [])
    .filter((one) => one.active && !but?.(one.id))
    .map((one) => ({
      key: one.id,
      label: one.name,
      shown: <span style={{ paddingLeft: one.depth * 14 }}>{one.name}</span>,
    }))
}

/** One department out of the tree. */
export function ChooseDepartment({
  value,
  but,
  onChange,
  ...rest
}: Common & {
  value: string | null
  but?: (id: string) => boolean
  onChange: (id: string | null) => void
}) {
  const choices = useDepartmentChoices(but)
  return (
    <Picker
      {...rest}
      choices={choices}
      chosen={value ? [value] : []}
      shown={choices.find((one) => one.key === value)?.label}
      onChange={(keys) => onChange(keys[0] ?? null)}
    />
  )
}

/** Several departments out of the tree. */
export function ChooseDepartments({
  value,
  onChange,
  ...rest
}: Common & { value: string[]; onChange: (ids: string[]) => void }) {
  const choices = useDepartmentChoices()
  return (
    <Picker
      {...rest}
      many
      choices={choices}
      chosen={value}
      shown={choices
        .filter((one) => value.includes(one.key))
        .map((one) => <Chip key={one.key} word={one.label} color="grey" />)}
      onChange={onChange}
    />
  )
}

/** Some of the roles. */
export function ChooseRoles({
  value,
  onChange,
  ...rest
}: Common & { value: string[]; onChange: (keys: string[]) => void }) {
  const { data } = useQuery(roles())
  const choices = (data ?? []).map((one) => ({
    key: one.key,
    label: one.label,
    shown: <Chip word={one.label} />,
  }))
  return (
    <Picker
      {...rest}
      many
      choices={choices}
      chosen={value}
      shown={choices
        .filter((one) => value.includes(one.key))
        .map((one) => <span key={one.key}>{one.shown}</span>)}
      onChange={onChange}
    />
  )
}

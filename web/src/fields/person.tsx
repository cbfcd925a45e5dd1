import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { found } from "../data/recipes"
import { PersonTag } from "../ui/chip"
import type { EditProps } from "./edit"
import { keysOf, Picker } from "./picker"

/** One person, found by name, pinyin or number. */
export function PersonPicker({ field, value, name, onChange, ...rest }: EditProps) {
  const [search, setSearch] = useState("")
  const { data } = useQuery(found.people(search))
  const choices = (data ?? []).map((one) => ({
    key: one.id,
    label: one.name,
    shown: <PersonTag name={one.label} />,
  }))
  const chosen = keysOf(value)
  const called = name ?? data?.find((one) => one.id === chosen[0])?.name ?? "…"
  return (
    <Picker
      {...rest}
      label={field.label}
      choices={choices}
      chosen={chosen}
      shown={<PersonTag name={called} />}
      onSearch={setSearch}
      onChange={(keys) => onChange(keys[0] ?? null, data?.find((one) => one.id === keys[0])?.name)}
    />
  )
}

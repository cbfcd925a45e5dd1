import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useState } from "react"
import { catalog, found, people, records } from "../data/recipes"
import { quoted } from "../kernel/expression/write"
import { titleOfRecord, type Value } from "../kernel/meta"
import { PersonTag } from "../ui/chip"
import type { EditProps } from "./edit"
import { type Choice, keysOf, Picker } from "./picker"

const some = (keys: string[]): Value => (keys.length > 0 ? keys : null)

/** Several people. */
export function PeoplePicker({ field, value, name: _, onChange, ...rest }: EditProps) {
  const [search, setSearch] = useState("")
  const { data } = useQuery(found.people(search))
  const { data: everybody } = useQuery(people())
  const chosen = keysOf(value)
  const nameOf = (id: string) => everybody?.find((one) => one.id === id)?.name ?? "…"
  return (
    <Picker
      {...rest}
      many
      label={field.label}
      choices={(data ?? []).map((one) => ({
        key: one.id,
        label: one.name,
        shown: <PersonTag name={one.label} />,
      }))}
      chosen={chosen}
      shown={chosen.map((id) => <PersonTag key={id} name={nameOf(id)} />)}
      onSearch={setSearch}
      onChange={(keys) => onChange(some(keys))}
    />
  )
}

/** Several records of another object. */
export function RecordsPicker({ field, value, name: _, onChange, ...rest }: EditProps) {
  const [search, setSearch] = useState("")
  const { data: known } = useSuspenseQuery(catalog())
  const object = known.object(field.object ?? "")
  const select = ["id", object?.title ?? "id"]
  const enabled = object?.may.read ?? false
  const asked = { select, search: search || undefined, limit: 20 }
  const { data } = useQuery({ ...records.page(field.object ?? "", asked), enabled })
  const chosen = keysOf(value)
  const where = `id in [${chosen.map(quoted).join(", ")}]`
  const named = useQuery({
    ...records.page(field.object ?? "", { select, where, limit: 200 }),
    enabled: enabled && chosen.length > 0,
  })
  const choices: Choice[] = [...(data?.items ?? []), ...(named.data?.items ?? [])]
    .filter((one, at, all) => all.findIndex((each) => each.id === one.id) === at)
    .map((one) => ({ key: one.id, label: object ? titleOfRecord(object, one) : one.id }))
  const called = chosen.map((id) => choices.find((one) => one.key === id)?.label ?? "…")
  return (
    <Picker
      {...rest}
      many
      label={field.label}
      choices={choices}
      chosen={chosen}
      shown={called.join("、")}
      onSearch={setSearch}
      onChange={(keys) => onChange(some(keys))}
    />
  )
}

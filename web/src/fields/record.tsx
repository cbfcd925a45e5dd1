import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useState } from "react"
import { catalog, records } from "../data/recipes"
import { titleOfRecord } from "../kernel/meta"
import type { EditProps } from "./edit"
import { keysOf, Picker } from "./picker"

/** One record of another object, found as the search finds it. */
export function RecordPicker({ field, value, name, onChange, ...rest }: EditProps) {
  const [search, setSearch] = useState("")
  const { data: known } = useSuspenseQuery(catalog())
  const object = known.object(field.object ?? "")
  const query = { select: ["id", object?.title ?? "id"], search: search || undefined, limit: 20 }
  const { data } = useQuery({
    ...records.page(field.object ?? "", query),
    enabled: object?.may.read ?? false,
  })
  const chosen = keysOf(value)
  const choices = (data?.items ?? []).map((one) => ({
    key: one.id,
    label: object ? titleOfRecord(object, one) : one.id,
  }))
  const called = (key: string | undefined) => choices.find((one) => one.key === key)?.label
  return (
    <Picker
      {...rest}
      label={field.label}
      choices={choices}
      chosen={chosen}
      shown={name ?? called(chosen[0]) ?? "…"}
      onSearch={setSearch}
      onChange={(keys) => onChange(keys[0] ?? null, called(keys[0]))}
    />
  )
}

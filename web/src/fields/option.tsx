import type { FieldMeta, Value } from "../kernel/meta"
import { Chip } from "../ui/chip"
import type { EditProps } from "./edit"
import { type Choice, keysOf, Picker } from "./picker"

export function optionChoices(field: FieldMeta, chosen: string[] = []): Choice[] {
  const offered = field.options
    .filter((one) => !one.stopped || chosen.includes(one.key))
    .map((one) => ({
      key: one.key,
      label: one.label,
      shown: <Chip word={one.label} color={one.color || "grey"} />,
    }))
  const unknown = chosen
    .filter((key) => !field.options.some((one) => one.key === key))
    .map((key) => ({ key, label: key, shown: <Chip word={key} /> }))
  return [...offered, ...unknown]
}

function rest(props: EditProps) {
  const { id, invalid, describedBy, autoFocus } = props
  return { id, invalid, describedBy, autoFocus, label: props.field.label }
}

export function OptionPicker(props: EditProps) {
  const chosen = keysOf(props.value)
  const choices = optionChoices(props.field, chosen)
  return (
    <Picker
      {...rest(props)}
      choices={choices}
      chosen={chosen}
      shown={choices.find((one) => one.key === chosen[0])?.shown}
      onChange={(keys) => props.onChange(keys[0] ?? null)}
    />
  )
}

export function OptionsPicker(props: EditProps) {
  const chosen = keysOf(props.value)
  const choices = optionChoices(props.field, chosen)
  const change = (keys: string[]) => props.onChange((keys.length ? keys : null) as Value)
  return (
    <Picker
      {...rest(props)}
      many
      choices={choices}
      chosen={chosen}
      shown={choices
        .filter((one) => chosen.includes(one.key))
        .map((one) => <span key={one.key}>{one.shown}</span>)}
      onMade={props.field.kind === "tags" ? (word) => change([...chosen, word]) : undefined}
      onChange={change}
    />
  )
}

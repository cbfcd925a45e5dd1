import { Chip } from "../ui/chip"
import { Labelled } from "../ui/labelled"
import { Picker } from "./picker"

interface Props {
  label: string
  hint: string
  choices: { key: string; label: string }[]
  chosen: string[]
  onChange: (keys: string[]) => void
}

/** Several words out of a list, as a labelled part of a form. */
export function ChooseSeveral({ label, hint, choices, chosen, onChange }: Props) {
  return (
    <Labelled label={label} hint={hint}>
      {(field) => (
        <Picker
          {...field}
          label={label}
          many
          choices={choices}
          chosen={chosen}
          shown={chosen.map((one) => (
            <Chip
              key={one}
              word={choices.find((it) => it.key === one)?.label ?? one}
              color="grey"
            />
          ))}
          onChange={onChange}
        />
      )}
    </Labelled>
  )
}

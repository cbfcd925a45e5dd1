import { X } from "lucide-react"
import { useState } from "react"
import { ExpressionInput } from "../../../fields/expression"
import type { Rules } from "../../../kernel/faces/shapes"
import { Button, IconButton } from "../../../ui/button"
import { useWords } from "../../../ui/words"

interface Props {
  rule: keyof Rules
  object: string
  value: string
  /** The type a value must have; conditions are true or false. */
  gives?: string
  onChange: (text: string) => void
}

/** One rule: a line to open it, then the expression; conditions may simply hold always. */
export function RuleInput({ rule, object, value, gives, onChange }: Props) {
  const say = useWords()
  const [open, setOpen] = useState(value !== "")
  const label = say(`forms.rule.${rule}`)
  if (!open && value === "")
    return (
      <div className="rule-closed">
        <Button small look="quiet" onClick={() => setOpen(true)}>
          + {label}
        </Button>
        {rule === "required" && (
          <Button small look="quiet" onClick={() => onChange("true")}>
            {say("forms.rule.always")}
          </Button>
        )}
      </div>
    )
  return (
    <div className="rule">
      <div className="rule-head">
        <span>{label}</span>
        <IconButton
          label={`${say("do.clear")} ${label}`}
          onClick={() => {
            setOpen(false)
            onChange("")
          }}
        >
          <X size={14} />
        </IconButton>
      </div>
      <ExpressionInput
        object={object}
        label={label}
        value={value}
        expects={rule === "default" || rule === "computed" ? gives : "boolean"}
        more={{
          autoFocus: value === "",
          trial: false,
          placeholder: say(`forms.rule.${rule}.like`),
        }}
        onChange={onChange}
      />
    </div>
  )
}

import { useId } from "react"
import type { Complaint } from "../../data/fault"
import type { FieldMeta, Value } from "../../kernel/meta"
import { useWords } from "../../ui/words"
import { Edit, texted } from "../edit"
import { Shown } from "../show"
import { Lines } from "./Lines"
import "./form.css"

interface Props {
  field: FieldMeta
  value: Value | undefined
  name?: string
  touched: boolean
  first: boolean
  complaint?: Complaint
  remark?: Complaint
  /** What the server makes of it. */
  standard?: Value
  /** How many columns it takes. */
  span?: number
  placeholder?: string
  /** Of a sub-table: the fields of its lines. */
  columns?: string[]
  readonly?: boolean
  onChange: (value: Value, name?: string) => void
}

/** A field with its label; below it what is wrong with it, or what it will be kept as. */
export function FormField({
  field,
  value,
  name,
  touched,
  first,
  complaint,
  remark,
  standard,
  span,
  placeholder,
  columns,
  readonly,
  onChange,
}: Props) {
  const say = useWords()
  const id = useId()
  const told = complaint ?? remark
  const differs =
    touched &&
    !complaint &&
    typeof value === "string" &&
    value !== "" &&
    standard !== undefined &&
    standard !== null &&
    texted(standard) !== value &&
    !field.object &&
    field.kind !== "option" &&
    field.type !== "datetime"
  return (
    <div
      className="form-field"
      data-wide={field.kind === "children" || (field.kind === "long_text" && !span)}
      data-span={field.kind === "children" ? undefined : span}
      data-field={field.key}
    >
      <label htmlFor={id}>
        {field.label}
        {field.required && (
          <span className="form-needed" title={say("entry.required")}>
            {" "}
            *
          </span>
        )}
      </label>
      {field.kind === "children" ? (
        <Lines
          field={field}
          value={value}
          columns={columns}
          readonly={readonly}
          onChange={onChange}
        />
      ) : readonly ? (
        <output id={id} className="form-fixed">
          <Shown field={field} value={value} name={name} />
        </output>
      ) : (
        <Edit
          field={field}
          value={value}
          name={name}
          id={id}
          autoFocus={first && field.kind !== "option"}
          invalid={complaint !== undefined}
          describedBy={`${id}-says`}
          placeholder={placeholder}
          onChange={onChange}
        />
      )}
      <p id={`${id}-says`} className="form-says" data-bad={complaint !== undefined}>
        {told ? (
          told.message
        ) : differs ? (
          <>
            {say("entry.standard")}{" "}
            <Shown
              field={{ ...field, kind: field.kind === "phone" ? "text" : field.kind }}
              value={standard}
            />
          </>
        ) : (
          field.help
        )}
      </p>
    </div>
  )
}

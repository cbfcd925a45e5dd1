import { type ReactNode, useId } from "react"
import "./account/account.css"
import { Button } from "./button"
import { type Deed, DeedFault } from "./deed"
import { Dialog } from "./dialog"
import { useWords } from "./words"

interface FormProps {
  deed: Deed<[]>
  /** The members that say themselves what is wrong with them. */
  said?: readonly string[]
  id?: string
  className?: string
  children: ReactNode
}

/** What is filled in for a deed, which it runs; what was wrong with it stands on top. */
export function DeedForm({ deed, said, id, className = "stack", children }: FormProps) {
  return (
    <form
      id={id}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void deed.run()
      }}
    >
      <DeedFault fault={deed.fault} said={said} />
      {children}
    </form>
  )
}

interface DialogProps extends FormProps {
  title: ReactNode
  /** What the button says that runs it. */
  label: string
  /** Whether it can be run as it is filled in. */
  ready?: boolean
  onClose: () => void
}

/** A dialog with a form for one deed. */
export function DeedDialog({ title, label, ready = true, onClose, ...form }: DialogProps) {
  const say = useWords()
  const id = useId()
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look="main" type="submit" form={id} disabled={form.deed.busy || !ready}>
            {label}
          </Button>
        </>
      }
    >
      <DeedForm {...form} id={id} />
    </Dialog>
  )
}

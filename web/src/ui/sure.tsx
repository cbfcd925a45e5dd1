import type { ReactNode } from "react"
import { Button } from "./button"
import { DeedFault, useDeed } from "./deed"
import { Dialog } from "./dialog"
import "./account/account.css"
import { useWords } from "./words"

/** Asks once more before something that is not easily taken back; what goes wrong is said here. */
export function Sure({
  title,
  children,
  label,
  look = "danger",
  run,
  onClose,
}: {
  title: string
  children: ReactNode
  /** What the button says. */
  label: string
  /** `main` where it can be taken back. */
  look?: "danger" | "main"
  run: () => Promise<unknown>
  onClose: () => void
}) {
  const say = useWords()
  const deed = useDeed(async () => {
    await run()
    onClose()
  })
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          <Button look={look} disabled={deed.busy} onClick={() => void deed.run()}>
            {label}
          </Button>
        </>
      }
    >
      <div className="stack">
        <DeedFault fault={deed.fault} />
        <div>{children}</div>
      </div>
    </Dialog>
  )
}

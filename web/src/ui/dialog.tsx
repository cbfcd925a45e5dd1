import { X } from "lucide-react"
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react"
import { IconButton } from "./button"
import "./dialog.css"
import { Harbour } from "./float"
import { useWords } from "./words"

interface Props {
  title: ReactNode
  children: ReactNode
  foot?: ReactNode
  /** `side` slides in from the right, `wide` takes most of the page. */
  look?: "middle" | "side" | "wide"
  onClose: () => void
}

/** The browser's own dialog: it keeps the focus, dims the page, and Escape closes it. */
export function Dialog({ title, children, foot, look = "middle", onClose }: Props) {
  const say = useWords()
  const id = useId()
  const box = useRef<HTMLDialogElement>(null)
  const [harbour, setHarbour] = useState<HTMLElement | null>(null)
  // A dialog is opened by its own verb, not by an attribute.
  useLayoutEffect(() => {
    const dialog = box.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      dialog
        .querySelector<HTMLElement>(
          ".dialog-body :is(input, textarea, select, button):not([data-later])",
        )
        ?.focus()
    }
    setHarbour(dialog)
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={box}
      className={`dialog dialog-${look}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <Harbour.Provider value={harbour}>
        <header className="dialog-head">
          <h2 id={id} className="clip">
            {title}
          </h2>
          <IconButton label={say("do.close")} onClick={onClose}>
            <X size={18} />
          </IconButton>
        </header>
        <div className="dialog-body">{children}</div>
        {foot && <footer className="dialog-foot">{foot}</footer>}
      </Harbour.Provider>
    </dialog>
  )
}

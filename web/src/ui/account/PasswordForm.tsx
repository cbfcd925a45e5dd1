import { useState } from "react"
import { ask } from "../../data/client"
import { Button } from "../button"
import { DeedFault, useDeed } from "../deed"
import { Labelled } from "../labelled"
import { useWords } from "../words"
import "./account.css"

/** Another password for oneself. Who has just typed the old one is not asked for it again. */
export function PasswordForm({ known, onDone }: { known?: string; onDone: () => void }) {
  const say = useWords()
  const [old, setOld] = useState("")
  const [fresh, setFresh] = useState("")
  const [again, setAgain] = useState("")
  const differs = again !== "" && again !== fresh
  const deed = useDeed(async () => {
    await ask("POST", "/me/password", { body: { old: known ?? old, new: fresh } })
    setOld("")
    setFresh("")
    setAgain("")
    onDone()
  })
  const line = (
    label: string,
    value: string,
    set: (text: string) => void,
    wrong: string | undefined,
    complete: string,
  ) => (
    <Labelled label={label} wrong={wrong}>
      {({ id, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          type="password"
          autoComplete={complete}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Labelled>
  )
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void deed.run()
      }}
    >
      <DeedFault fault={deed.fault} said={["old", "new"]} />
      {known === undefined &&
        line(say("account.password.old"), old, setOld, deed.wrong("old"), "current-password")}
      {line(say("account.password.new"), fresh, setFresh, deed.wrong("new"), "new-password")}
      {line(
        say("account.password.again"),
        again,
        setAgain,
        differs ? say("account.password.differs") : undefined,
        "new-password",
      )}
      <div className="stack-actions">
        <Button
          look="main"
          type="submit"
          disabled={deed.busy || fresh === "" || again !== fresh || (!known && old === "")}
        >
          {say("account.password.change")}
        </Button>
      </div>
    </form>
  )
}

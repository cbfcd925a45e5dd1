import { useState } from "react"
import { ask } from "../../data/client"
import { Button } from "../button"
import { useDeed } from "../deed"
import { DeedForm } from "../deed_form"
import { Line } from "../inputs"
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
  return (
    <DeedForm deed={deed} said={["old", "new"]}>
      {known === undefined && (
        <Line
          label={say("account.password.old")}
          type="password"
          autoComplete="current-password"
          wrong={deed.wrong("old")}
          value={old}
          onChange={setOld}
        />
      )}
      <Line
        label={say("account.password.new")}
        type="password"
        autoComplete="new-password"
        wrong={deed.wrong("new")}
        value={fresh}
        onChange={setFresh}
      />
      <Line
        label={say("account.password.again")}
        type="password"
        autoComplete="new-password"
        wrong={differs ? say("account.password.differs") : undefined}
        value={again}
        onChange={setAgain}
      />
      <div className="stack-actions">
        <Button
          look="main"
          type="submit"
          disabled={deed.busy || fresh === "" || again !== fresh || (!known && old === "")}
        >
          {say("account.password.change")}
        </Button>
      </div>
    </DeedForm>
  )
}

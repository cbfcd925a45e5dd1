import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { Fault } from "../../../data/fault"
import { peopleChanged } from "../../../data/people"
import { Button } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { DeedFault } from "../../../ui/deed"
import { Dialog } from "../../../ui/dialog"
import { Tick } from "../../../ui/labelled"
import { Bones } from "../../../ui/states"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

interface Told {
  written: boolean
  lines: number
  created: number
  updated: number
  unchanged: number
  failed: number
  departments: string[]
  ignored: string[]
  people: {
    line: number
    fate: "created" | "updated"
    login: string
    name: string
    changed: string[]
  }[]
  problems: {
    line: number | null
    column: string | null
    header: string | null
    value: string | null
    message: string
    hint?: string
  }[]
}

/** People out of a table: looked at first, then taken in. */
export function ImportPeople({ onClose }: { onClose: () => void }) {
  const say = useWords()
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  const [create, setCreate] = useState(true)
  const [skip, setSkip] = useState(false)
  const [state, setState] = useState<{ busy?: boolean; told?: Told; fault?: Fault }>({})

  async function send(chosen: File, creating: boolean, skipping: boolean, dry: boolean) {
    setState((before) => ({ busy: true, told: dry ? undefined : before.told }))
    const form = new FormData()
    form.append("file", chosen)
    try {
      const told = await ask<Told>("POST", "/users/import", {
        form,
        query: {
          dry_run: dry,
          create_departments: creating,
          on_problem: skipping ? "skip" : "refuse",
        },
      })
      setState({ told })
      if (dry) return
      await peopleChanged(client)
      tell(say("roster.done", { created: told.created, updated: told.updated }))
      onClose()
    } catch (error) {
      setState((before) => ({
        told: before.told,
        fault: error instanceof Fault ? error : new Fault(0, { detail: String(error) }),
      }))
    }
  }
  const again = (creating: boolean, skipping: boolean) => {
    if (file) void send(file, creating, skipping, true)
  }
  const told = state.told
  const ready = told && told.created + told.updated > 0 && (told.failed === 0 || skip)
  return (
    <Dialog
      look="wide"
      title={say("roster.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{say("do.cancel")}</Button>
          {file && ready && (
            <Button
              look="main"
              disabled={state.busy}
              onClick={() => void send(file, create, skip, false)}
            >
              {say("roster.run")}
            </Button>
          )}
        </>
      }
    >
      <div className="people-form">
        <p className="soft">{say("roster.hint")}</p>
        <div className="chips roster-bar">
          <label className="button button-main">
            <span>{say(file ? "roster.again" : "roster.choose")}</span>
            <input
              type="file"
              className="unseen"
              accept=".xlsx,.xls,.csv"
              onChange={(event) => {
                const chosen = event.target.files?.[0]
                event.target.value = ""
                if (!chosen) return
                setFile(chosen)
                void send(chosen, create, skip, true)
              }}
            />
          </label>
          <a className="button button-plain" href="/api/v1/users/import/template.xlsx" download>
            {say("roster.template")}
          </a>
          <Tick
            label={say("roster.create")}
            checked={create}
            onChange={(on) => {
              setCreate(on)
              again(on, skip)
            }}
          />
          <Tick
            label={say("roster.skip")}
            checked={skip}
            onChange={(on) => {
              setSkip(on)
              again(create, on)
            }}
          />
        </div>
        <DeedFault fault={state.fault} />
        {state.busy && !told && (
          <>
            <p role="status">{say("roster.reading")}</p>
            <Bones lines={5} gap={16} />
          </>
        )}
        {told && <Report told={told} name={file?.name ?? ""} />}
      </div>
    </Dialog>
  )
}

function Report({ told, name }: { told: Told; name: string }) {
  const say = useWords()
  return (
    <>
      <p className="chips" role="status">
        <span className="soft">
          {name} · {say("roster.lines", { n: told.lines })}
        </span>
        <Chip word={say("roster.created", { n: told.created })} color="green" />
        <Chip word={say("roster.updated", { n: told.updated })} color="amber" />
        <Chip word={say("roster.unchanged", { n: told.unchanged })} color="grey" />
        {told.failed > 0 && <Chip word={say("roster.failed", { n: told.failed })} color="red" />}
      </p>
      {told.departments.length > 0 && (
        <p>{say("roster.departments", { names: told.departments.join("、") })}</p>
      )}
      {told.ignored.length > 0 && (
        <p className="soft">{say("roster.ignored", { names: told.ignored.join("、") })}</p>
      )}
      {told.problems.length > 0 && (
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">{say("roster.line")}</th>
              <th scope="col">{say("roster.column")}</th>
              <th scope="col">{say("roster.value")}</th>
              <th scope="col">{say("roster.problem")}</th>
            </tr>
          </thead>
          <tbody>
            {told.problems.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: problems have no other name
              <tr key={at}>
                <td>{one.line}</td>
                <td>{one.header ?? one.column}</td>
                <td>{one.value}</td>
                <td>
                  {one.message} <span className="soft">{one.hint}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {told.people.length > 0 && (
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">{say("roster.line")}</th>
              <th scope="col">{say("roster.fate")}</th>
              <th scope="col">{say("people.name")}</th>
              <th scope="col">{say("people.login")}</th>
            </tr>
          </thead>
          <tbody>
            {told.people.map((one) => (
              <tr key={`${one.line} ${one.login}`}>
                <td>{one.line}</td>
                <td>
                  <Chip
                    word={say(`roster.fate.${one.fate}`)}
                    color={one.fate === "created" ? "green" : "amber"}
                  />
                </td>
                <td>{one.name}</td>
                <td className="soft">{one.login}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

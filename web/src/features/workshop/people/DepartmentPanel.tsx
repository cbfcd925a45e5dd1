import { useQuery, useQueryClient } from "@tanstack/react-query"
import { ArrowLeft, UserMinus } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { type Department, peopleChanged, type User, users } from "../../../data/people"
import { ChooseDepartment, ChoosePeople, ChoosePerson } from "../../../fields/people"
import { within } from "../../../kernel/tree"
import { Button, IconButton } from "../../../ui/button"
import { Chip, PersonTag } from "../../../ui/chip"
import { useDeed } from "../../../ui/deed"
import { DeedDialog, DeedForm } from "../../../ui/deed_form"
import { Line } from "../../../ui/inputs"
import { Labelled, Tick } from "../../../ui/labelled"
import { Bones } from "../../../ui/states"
import { Sure } from "../../../ui/sure"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

const SAID = ["name", "code", "parent", "head"]

/** One department: what it is called, who heads it, who sits in it. */
export function DepartmentPanel({
  department,
  all,
  onUser,
  onBack,
}: {
  department: Department
  all: readonly Department[]
  onUser: (id: string) => void
  onBack: () => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const [dropping, setDropping] = useState(false)
  const head = useQuery({ ...users.one(department.head ?? ""), enabled: !!department.head })
  const [change, setChange] = useState<Partial<Department> & { head_name?: string }>({})
  const now = { ...department, ...change }
  const { head_name, ...told } = change
  const deed = useDeed(async () => {
    await ask("PATCH", `/departments/${department.id}`, { body: told })
    setChange({})
    await peopleChanged(client)
    tell(say("department.saved", { name: now.name }))
  })
  return (
    <div className="people-panel split-pad">
      <header className="split-head">
        <IconButton label={say("do.back")} className="split-back" onClick={onBack}>
          <ArrowLeft size={18} />
        </IconButton>
        <h2>{department.name}</h2>
        <Button small look="danger" onClick={() => setDropping(true)}>
          {say("department.drop")}
        </Button>
      </header>
      <DeedForm deed={deed} said={SAID} className="people-form">
        <div className="labelled-rows">
          <Words now={now} wrong={deed.wrong} onChange={setChange} />
          <Labelled label={say("department.head")} wrong={deed.wrong("head")}>
            {(field) => (
              <ChoosePerson
                {...field}
                label={say("department.head")}
                value={now.head}
                name={head_name ?? head.data?.name}
                onChange={(id, name) =>
                  setChange((before) => ({ ...before, head: id, head_name: name }))
                }
              />
            )}
          </Labelled>
          <Labelled label={say("department.parent")} wrong={deed.wrong("parent")}>
            {(field) => (
              <ChooseDepartment
                {...field}
                label={say("department.parent")}
                value={now.parent}
                but={(id) => within(all, department.id, id)}
                onChange={(parent) => setChange((before) => ({ ...before, parent }))}
              />
            )}
          </Labelled>
        </div>
        <div>
          <Button look="main" type="submit" disabled={deed.busy || Object.keys(told).length === 0}>
            {say("do.save")}
          </Button>
        </div>
      </DeedForm>
      <Members department={department} onUser={onUser} />
      {dropping && (
        <Sure
          title={say("department.drop")}
          label={say("department.drop")}
          run={async () => {
            await ask("DELETE", `/departments/${department.id}`)
            await peopleChanged(client)
            tell(say("department.dropped", { name: department.name }))
            onBack()
          }}
          onClose={() => setDropping(false)}
        >
          {say("department.drop.sure", { name: department.name })}
        </Sure>
      )}
    </div>
  )
}

function Words({
  now,
  wrong,
  onChange,
}: {
  now: { name: string; code: string | null }
  wrong: (path: string) => string | undefined
  onChange: (change: (before: Partial<Department>) => Partial<Department>) => void
}) {
  const say = useWords()
  return (["name", "code"] as const).map((key) => (
    <Line
      key={key}
      label={say(`department.${key}`)}
      wrong={wrong(key)}
      value={now[key] ?? ""}
      onChange={(text) =>
        onChange((before) => ({ ...before, [key]: text || (key === "code" ? null : "") }))
      }
    />
  ))
}

function Members({ department, onUser }: { department: Department; onUser: (id: string) => void }) {
  const say = useWords()
  const client = useQueryClient()
  const [below, setBelow] = useState(false)
  const found = useQuery(users.many({ department: department.id, below }))
  async function place(user: User, places: { id: string; main: boolean }[]) {
    const main = places.some((one) => one.main) || places.length === 0
    const body = {
      departments: main ? places : places.map((one, at) => ({ ...one, main: at === 0 })),
    }
    await ask("PATCH", `/users/${user.id}`, { body })
  }
  const own = (user: User) => user.departments.map(({ id, main }) => ({ id, main }))
  async function take(user: User) {
    try {
      await place(
        user,
        own(user).filter((one) => one.id !== department.id),
      )
      await peopleChanged(client)
      tell(say("department.members.dropped", { name: user.name, department: department.name }), {
        undo: () => void place(user, own(user)).then(() => peopleChanged(client), tellFault),
      })
    } catch (error) {
      tellFault(error)
    }
  }
  async function add(chosen: { id: string; name: string }[]) {
    try {
      for (const { id } of chosen) {
        const user = await ask<User>("GET", `/users/${id}`)
        if (user.departments.some((one) => one.id === department.id)) continue
        await place(user, [...own(user), { id: department.id, main: false }])
        tell(say("department.members.added", { name: user.name, department: department.name }))
      }
    } catch (error) {
      tellFault(error)
    }
    await peopleChanged(client)
  }
  return (
    <section className="people-part">
      <div className="split-head">
        <h3>
          {say("department.members")} {found.data?.length}
        </h3>
        <Tick label={say("department.members.below")} checked={below} onChange={setBelow} />
      </div>
      <ChoosePeople
        label={say("department.members.add")}
        placeholder={say("department.members.add")}
        value={[]}
        onChange={(chosen) => void add(chosen)}
      />
      {!found.data ? (
        <Bones lines={4} gap={16} />
      ) : found.data.length === 0 ? (
        <p className="soft">{say("department.members.none")}</p>
      ) : (
        <ul className="people-rows">
          {found.data.map((one) => (
            <li key={one.id} className="people-row people-row-tight">
              <span>
                <button type="button" className="lines-open" onClick={() => onUser(one.id)}>
                  <PersonTag name={one.label} />
                </button>{" "}
                {one.departments.some((place) => place.id === department.id && place.main) && (
                  <Chip word={say("department.main")} color="teal" />
                )}
              </span>
              {one.departments.some((place) => place.id === department.id) && (
                <IconButton
                  label={`${say("department.members.drop")} ${one.name}`}
                  onClick={() => void take(one)}
                >
                  <UserMinus size={16} />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A new department below another one, or at the top. */
export function NewDepartment({
  parent,
  onClose,
  onMade,
}: {
  parent: string | null
  onClose: () => void
  onMade: (id: string) => void
}) {
  const say = useWords()
  const client = useQueryClient()
  const [now, setNow] = useState<Partial<Department>>({ parent })
  const deed = useDeed(async () => {
    const made = await ask<Department>("POST", "/departments", { body: { name: "", ...now } })
    await peopleChanged(client)
    tell(say("department.made", { name: made.name }))
    onMade(made.id)
  })
  return (
    <DeedDialog
      title={say("department.new")}
      label={say("do.save")}
      deed={deed}
      said={SAID}
      className="people-form"
      onClose={onClose}
    >
      <Words
        now={{ name: now.name ?? "", code: now.code ?? null }}
        wrong={deed.wrong}
        onChange={setNow}
      />
      <Labelled label={say("department.parent")} wrong={deed.wrong("parent")}>
        {(field) => (
          <ChooseDepartment
            {...field}
            label={say("department.parent")}
            value={now.parent ?? null}
            onChange={(id) => setNow((before) => ({ ...before, parent: id }))}
          />
        )}
      </Labelled>
    </DeedDialog>
  )
}

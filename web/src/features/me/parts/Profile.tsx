import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../../data/client"
import { peopleChanged, roles, type User, users } from "../../../data/people"
import { dress, keep, languageNow } from "../../../data/preferences"
import { me } from "../../../data/recipes"
import { Absence } from "../../../fields/absence"
import { Button } from "../../../ui/button"
import { Chip, PersonTag } from "../../../ui/chip"
import { ThemeChoice } from "../../../ui/choices"
import { useDeed } from "../../../ui/deed"
import { DeedForm } from "../../../ui/deed_form"
import { ChooseOne, Line } from "../../../ui/inputs"
import { LANGUAGES } from "../../../ui/languages"
import { Bones } from "../../../ui/states"
import { tell } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

/** Who one is here, and in which language and zone. */
export function Profile() {
  const say = useWords()
  const { data: who } = useQuery(me())
  const found = useQuery({ ...users.one(who?.user.id ?? ""), enabled: !!who })
  if (!found.data) return <Bones lines={8} gap={16} />
  return (
    <>
      <Facts user={found.data} />
      <Looks key={`looks ${found.data.version}`} user={found.data} />
      <section className="me-part">
        <h2>{say("people.part.absence")}</h2>
        <Absence key={`absence ${found.data.version}`} user={found.data} />
      </section>
    </>
  )
}

function Facts({ user }: { user: User }) {
  const say = useWords()
  const known = useQuery(roles())
  const manager = useQuery({ ...users.one(user.manager ?? ""), enabled: !!user.manager })
  const facts: [string, string | null | undefined][] = [
    [say("people.login"), user.login],
    [say("people.mobile"), user.mobile],
    [say("people.email"), user.email],
    [say("people.manager"), manager.data?.label],
    [say("people.joined"), user.joined_on],
  ]
  return (
    <section className="me-part">
      <h2>
        <PersonTag name={user.label} />
      </h2>
      <dl className="me-facts">
        <dt>{say("people.department")}</dt>
        <dd className="chips">
          {user.departments.map((one) => (
            <Chip key={one.id} word={one.name} color={one.main ? "teal" : "grey"} />
          ))}
          {user.departments.length === 0 && "—"}
        </dd>
        <dt>{say("people.roles")}</dt>
        <dd className="chips">
          {user.roles.map((one) => (
            <Chip key={one} word={known.data?.find((it) => it.key === one)?.label ?? one} />
          ))}
        </dd>
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <FactLine key={label} label={label} value={value ?? ""} />
          ))}
      </dl>
      <p className="soft">{say("me.facts.hint")}</p>
    </section>
  )
}

function FactLine({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}

function Looks({ user }: { user: User }) {
  const say = useWords()
  const client = useQueryClient()
  const [zone, setZone] = useState(user.zone ?? "")
  const [language, setLanguage] = useState(user.language)
  const changed = zone !== (user.zone ?? "") || language !== user.language
  const deed = useDeed(async () => {
    await ask("PATCH", `/users/${user.id}`, { body: { zone: zone.trim() || null, language } })
    if (languageNow() !== language) {
      keep("language", language)
      dress()
      await client.invalidateQueries()
    }
    await peopleChanged(client)
    tell(say("me.saved"))
  })
  return (
    <DeedForm deed={deed} said={["zone"]} className="me-part">
      <h2>{say("me.looks")}</h2>
      <div className="labelled-rows">
        <ChooseOne
          label={say("people.language")}
          hint={say("me.language.hint")}
          value={language}
          choices={LANGUAGES}
          onChange={(chosen) => setLanguage(chosen as "zh" | "en")}
        />
        <Line
          label={say("people.zone")}
          hint={say("people.zone.default")}
          placeholder="Asia/Shanghai"
          wrong={deed.wrong("zone")}
          value={zone}
          onChange={setZone}
        />
      </div>
      <div className="me-looks">
        <span className="soft">{say("me.theme")}</span>
        <ThemeChoice />
      </div>
      <div>
        <Button look="main" type="submit" disabled={deed.busy || !changed}>
          {say("do.save")}
        </Button>
      </div>
    </DeedForm>
  )
}

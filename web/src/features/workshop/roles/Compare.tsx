import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Fragment, useState } from "react"
import { roles } from "../../../data/people"
import { Chip } from "../../../ui/chip"
import { Options } from "../../../ui/inputs"
import { Tick } from "../../../ui/labelled"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { roleDocs } from "./api"
import { ACTIONS, type Level } from "./model"
import type { RolesSearch } from "./search"
import { LEVEL_COLORS, useNaming } from "./words"

/** Two roles side by side: every action with its records, every field with its level. */
export function Compare({ search }: { search: RolesSearch }) {
  const say = useWords()
  const navigate = useNavigate()
  const known = useQuery(roles())
  const [only, setOnly] = useState(true)
  const a = search.a ?? known.data?.[0]?.key
  const b = search.b ?? known.data?.find((one) => one.key !== a)?.key
  const found = useQuery({
    ...roleDocs.compared([a ?? "", b ?? ""], only),
    enabled: !!a && !!b,
  })
  const naming = useNaming(new Map(found.data?.items.map((one) => [one.object, one.label])))
  const label = (key: string | undefined) => known.data?.find((one) => one.key === key)?.label
  const choose = (side: "a" | "b", value: string | undefined) => (
    <select
      className="input"
      aria-label={say(`roles.compare.${side}`)}
      value={value}
      onChange={(event) =>
        void navigate({
          to: "/workshop/roles",
          search: { tab: "compare", a, b, [side]: event.target.value },
        })
      }
    >
      <Options of={known.data} />
    </select>
  )
  const keys = [a ?? "", b ?? ""]
  return (
    <div className="roles-pad">
      <div className="chips roles-bar">
        {choose("a", a)}
        {choose("b", b)}
        <Tick label={say("roles.compare.only")} checked={only} onChange={setOnly} />
      </div>
      {found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Bones lines={10} gap={16} />
      ) : found.data.items.length === 0 ? (
        <Empty title={say("roles.same")} />
      ) : (
        <div className="matrix-box">
          <table className="matrix compare">
            <thead>
              <tr>
                <th scope="col">{say("roles.object")}</th>
                {keys.map((key) => (
                  <th key={key} scope="col">
                    {label(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.items.map((one) => (
                <Fragment key={one.object}>
                  <tr className="compare-object">
                    <th scope="rowgroup" colSpan={3}>
                      {one.label}
                    </th>
                  </tr>
                  {ACTIONS.filter((act) => !only || !same(one.actions[act], a, b)).map((act) => (
                    <tr key={act}>
                      <th scope="row">{say(`act.${act}`)}</th>
                      {keys.map((key) => (
                        <td key={key}>
                          {(one.actions[act]?.[key] ?? []).map(naming.scope).join("、") || (
                            <span className="faint">—</span>
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                  {Object.entries(one.fields)
                    .filter(([, levels]) => !same(levels, a, b))
                    .map(([field, levels]) => (
                      <tr key={field}>
                        <th scope="row" className="compare-field">
                          {naming.field(one.object, field)}
                        </th>
                        {keys.map((key) => (
                          <td key={key}>
                            <LevelChip level={levels[key]} />
                          </td>
                        ))}
                      </tr>
                    ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

export function LevelChip({ level }: { level: Level | undefined }) {
  const say = useWords()
  return level ? <Chip word={say(`level.${level}`)} color={LEVEL_COLORS[level]} /> : null
}

function same(of: Record<string, unknown> | undefined, a = "", b = ""): boolean {
  return JSON.stringify(of?.[a]) === JSON.stringify(of?.[b])
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useDeferredValue } from "react"
import { departments, roles, type User, users } from "../../../data/people"
import { Button } from "../../../ui/button"
import { Chip, PersonTag } from "../../../ui/chip"
import { More } from "../../../ui/more"
import { Bones, Empty, Trouble } from "../../../ui/states"
import "../../../ui/input.css"
import "../../../ui/lines.css"
import { Options } from "../../../ui/inputs"
import { useWords } from "../../../ui/words"
import { type PeopleSearch, stateAsked, stateOf, type UserState } from "./search"

const STATES: readonly UserState[] = ["active", "absent", "gone"]

/** Everybody, found by what is known of them. */
export function UserList({
  search,
  onOpen,
}: {
  search: PeopleSearch
  onOpen: (id: string) => void
}) {
  const say = useWords()
  const asked = useDeferredValue(search)
  const found = useInfiniteQuery(
    users.pages({
      search: asked.search,
      ...stateAsked(asked.state),
      department: asked.department,
      below: asked.department ? true : undefined,
      role: asked.role,
    }),
  )
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  return (
    <>
      <Bar search={search} />
      <div className="people-body">
        {found.isError ? (
          <Trouble error={found.error} retry={() => void found.refetch()} />
        ) : found.isPending ? (
          <div style={{ padding: 20 }}>
            <Bones lines={10} gap={20} />
          </div>
        ) : items.length === 0 ? (
          <Empty title={say("people.none")} hint={say("people.none.hint")} />
        ) : (
          <Lines items={items} onOpen={onOpen} />
        )}
        <More of={found} />
      </div>
      <footer className="people-foot">{say("people.count", { n: items.length })}</footer>
    </>
  )
}

function Bar({ search }: { search: PeopleSearch }) {
  const say = useWords()
  const navigate = useNavigate()
  const places = useQuery(departments())
  const known = useQuery(roles())
  const go = (change: Partial<PeopleSearch>) =>
    void navigate({
      to: "/workshop/people",
      search: { ...search, ...change, open: undefined },
      replace: true,
    })
  const filtered = search.search || search.state || search.department || search.role
  return (
    <div className="people-bar">
      <input
        type="search"
        className="input people-search"
        aria-label={say("people.search")}
        placeholder={say("people.search")}
        value={search.search ?? ""}
        onChange={(event) => go({ search: event.target.value || undefined })}
      />
      <select
        className="input"
        aria-label={say("people.state")}
        value={search.state ?? ""}
        onChange={(event) => go({ state: (event.target.value || undefined) as UserState })}
      >
        <option value="">{say("people.state.all")}</option>
        {STATES.map((one) => (
          <option key={one} value={one}>
            {say(`people.state.${one}`)}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={say("people.department")}
        value={search.department ?? ""}
        onChange={(event) => go({ department: event.target.value || undefined })}
      >
        <option value="">{say("people.every.department")}</option>
        {places.data?.map((one) => (
          <option key={one.id} value={one.id}>
            {"\u3000".repeat(one.depth) + one.name}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={say("people.roles")}
        value={search.role ?? ""}
        onChange={(event) => go({ role: event.target.value || undefined })}
      >
        <option value="">{say("people.every.role")}</option>
        <Options of={known.data} />
      </select>
      {filtered && (
        <Button
          small
          look="quiet"
          onClick={() =>
            go({ search: undefined, state: undefined, department: undefined, role: undefined })
          }
        >
          {say("people.clear")}
        </Button>
      )}
    </div>
  )
}

function Lines({ items, onOpen }: { items: readonly User[]; onOpen: (id: string) => void }) {
  const say = useWords()
  const known = useQuery(roles())
  const everybody = useQuery(users.many({}))
  const roleOf = (key: string) => known.data?.find((one) => one.key === key)?.label ?? key
  const nameOf = (id: string | null) => everybody.data?.find((one) => one.id === id)?.name
  return (
    <table className="lines lines-stack">
      <thead>
        <tr>
          <th scope="col">{say("people.name")}</th>
          <th scope="col">{say("people.login")}</th>
          <th scope="col">{say("people.department")}</th>
          <th scope="col">{say("people.roles")}</th>
          <th scope="col">{say("people.manager")}</th>
          <th scope="col">{say("people.state")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <button type="button" className="lines-open" onClick={() => onOpen(one.id)}>
                <PersonTag name={one.label} />
              </button>
            </th>
            <td className="soft">{one.login}</td>
            <td>
              <span className="chips">
                {one.departments.map((place) => (
                  <Chip key={place.id} word={place.name} color="grey" />
                ))}
              </span>
            </td>
            <td>
              <span className="chips">
                {one.roles.map((role) => (
                  <Chip key={role} word={roleOf(role)} />
                ))}
              </span>
            </td>
            <td data-label={one.manager ? say("people.manager") : undefined}>
              {nameOf(one.manager)}
            </td>
            <td>
              <span className="people-state" data-state={stateOf(one)}>
                {say(`people.state.${stateOf(one)}`)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

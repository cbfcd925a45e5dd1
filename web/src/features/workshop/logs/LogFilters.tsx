import { useQuery } from "@tanstack/react-query"
import type { LogName } from "../../../data/logs"
import { users } from "../../../data/people"
import { catalog } from "../../../data/recipes"
import { ChoosePerson } from "../../../fields/people"
import { Button } from "../../../ui/button"
import "../../../ui/input.css"
import { Options } from "../../../ui/inputs"
import { useWords } from "../../../ui/words"
import { ACTS, OUTCOMES, useActs } from "./acts"
import type { LogsSearch } from "./search"

/** What of a log is looked at. */
export function LogFilters({
  log,
  search,
  onChange,
}: {
  log: LogName
  search: LogsSearch
  onChange: (change: Partial<LogsSearch>) => void
}) {
  const say = useWords()
  const acts = useActs()
  const { data: known } = useQuery(catalog())
  const person = useQuery({ ...users.one(search.actor ?? ""), enabled: !!search.actor })
  const offered = log === "operations" ? ACTS : log === "sign-ins" ? OUTCOMES : []
  const filtered = Object.entries(search).some(([key, one]) => key !== "log" && one)
  return (
    <div className="logs-bar">
      <input
        type="search"
        className="input logs-search"
        aria-label={say("logs.search")}
        placeholder={say("logs.search")}
        value={search.search ?? ""}
        onChange={(event) => onChange({ search: event.target.value || undefined })}
      />
      <div className="logs-person">
        <ChoosePerson
          label={say("logs.actor")}
          value={search.actor ?? null}
          name={person.data?.name}
          nothing={say("logs.everybody")}
          onChange={(id) => onChange({ actor: id ?? undefined })}
        />
      </div>
      {offered.length > 0 && (
        <select
          className="input"
          aria-label={say("logs.act")}
          value={search.act ?? ""}
          onChange={(event) => onChange({ act: event.target.value || undefined })}
        >
          <option value="">{say("logs.every.act")}</option>
          {offered.map((one) => (
            <option key={one} value={one}>
              {acts(one)}
            </option>
          ))}
        </select>
      )}
      {log === "changes" && (
        <select
          className="input"
          aria-label={say("roles.object")}
          value={search.object ?? ""}
          onChange={(event) => onChange({ object: event.target.value || undefined })}
        >
          <option value="">{say("roles.every.object")}</option>
          <Options of={known?.objects} />
        </select>
      )}
      {(["from", "until"] as const).map((one) => (
        <input
          key={one}
          type="date"
          className="input"
          aria-label={say(`logs.${one}`)}
          title={say(`logs.${one}`)}
          value={search[one] ?? ""}
          onChange={(event) => onChange({ [one]: event.target.value || undefined })}
        />
      ))}
      {filtered && (
        <Button
          small
          look="quiet"
          onClick={() =>
            onChange({
              search: undefined,
              actor: undefined,
              act: undefined,
              object: undefined,
              from: undefined,
              until: undefined,
            })
          }
        >
          {say("people.clear")}
        </Button>
      )}
    </div>
  )
}

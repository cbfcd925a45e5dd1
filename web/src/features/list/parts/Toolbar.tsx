import { ArrowDownUp, Columns3, Filter as Funnel, Search } from "lucide-react"
import { type RefObject, useEffect, useRef, useState } from "react"
import { Button } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { useWords } from "../../../ui/words"
import type { Whose } from "../search"
import type { ListState } from "../state"
import { ColumnsMenu } from "./ColumnsMenu"
import { FilterBuilder, filterCount } from "./FilterBuilder"
import { GroupMenu } from "./GroupMenu"
import { Layouts } from "./Layouts"
import { SortMenu } from "./SortMenu"

const WHOSE: Whose[] = ["mine", "team", "below", "all"]

/** Filters, order, columns, whose records: the same place on every list. */
export function Toolbar({
  state,
  search,
}: {
  state: ListState
  search: RefObject<HTMLInputElement | null>
}) {
  const say = useWords()
  const { object } = state
  const filters = filterCount(state.search.where)
  return (
    <div className="list-bar">
      <Float
        wide
        label={say("list.filter")}
        trigger={
          <Button look="quiet" small icon={<Funnel size={14} />} data-on={filters > 0}>
            {say("list.filter")}
            {filters > 0 ? ` ${filters}` : ""}
          </Button>
        }
      >
        <FilterBuilder key={state.search.where ?? ""} state={state} />
      </Float>
      <Float
        label={say("list.sort")}
        trigger={
          <Button
            look="quiet"
            small
            icon={<ArrowDownUp size={14} />}
            data-on={Boolean(state.search.order)}
          >
            {say("list.sort")}
          </Button>
        }
      >
        <SortMenu state={state} />
      </Float>
      <Float
        label={say("list.columns")}
        trigger={
          <Button
            look="quiet"
            small
            icon={<Columns3 size={14} />}
            data-on={Boolean(state.search.columns)}
          >
            {say("list.columns")}
          </Button>
        }
      >
        <ColumnsMenu state={state} />
      </Float>
      {!state.bin && (state.search.layout ?? "table") === "table" && <GroupMenu state={state} />}
      <div className="list-whose" role="group" aria-label={say("list.whose")}>
        {WHOSE.map((one) => (
          <Button
            key={one}
            look="quiet"
            small
            aria-pressed={(state.search.whose ?? "all") === one}
            onClick={() => state.set({ whose: one === "all" ? undefined : one })}
          >
            {say(`list.${one}`)}
          </Button>
        ))}
      </div>
      <SearchBox key={object.key} state={state} field={search} />
      {!state.bin && <Layouts state={state} />}
    </div>
  )
}

const PAUSE = 250

function SearchBox({
  state,
  field,
}: {
  state: ListState
  field: RefObject<HTMLInputElement | null>
}) {
  const say = useWords()
  const [text, setText] = useState(state.search.q ?? "")
  const timer = useRef(0)
  const label = say("list.search", { object: state.object.plural })
  // `/` anywhere on the page leads here; the browser's keys are heard at the document.
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, dialog")
      if (event.key !== "/" || typing) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener("keydown", heard)
    return () => document.removeEventListener("keydown", heard)
  }, [field])
  return (
    <label className="list-search">
      <Search size={14} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        placeholder={label}
        aria-label={label}
        value={text}
        onChange={(event) => {
          const next = event.target.value
          setText(next)
          window.clearTimeout(timer.current)
          timer.current = window.setTimeout(() => state.set({ q: next.trim() || undefined }), PAUSE)
        }}
      />
    </label>
  )
}

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { ChevronDown, Trash2 } from "lucide-react"
import { useState } from "react"
import { ask } from "../../../data/client"
import { useMayWrite } from "../../../data/looking"
import { catalog, views } from "../../../data/recipes"
import { openedBy } from "../../../kernel/faces/view"
import { byText } from "../../../kernel/groups"
import type { ViewMeta } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Float } from "../../../ui/float"
import { tell, tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { allOf, WHOSE_IS } from "../search"
import type { ListState } from "../state"
import { ViewShare } from "./ViewShare"

const CLEAN = {
  where: undefined,
  order: undefined,
  columns: undefined,
  pinned: undefined,
  group: undefined,
  groups: undefined,
  sums: undefined,
  whose: undefined,
  q: undefined,
  bin: undefined,
}

/** The name of the list, which is the name of the view; under it the other views, and keeping this one. */
export function ViewSwitch({ state }: { state: ListState }) {
  const say = useWords()
  const [open, setOpen] = useState(false)
  const writes = useMayWrite()
  const { data: known } = useSuspenseQuery(catalog())
  const [sharing, setSharing] = useState<ViewMeta>()
  const go = (view: ViewMeta | undefined) => {
    state.set({ ...CLEAN, ...(view ? openedBy(view) : { view: undefined }) })
    setOpen(false)
  }
  const toBin = () => {
    state.set({ ...CLEAN, view: undefined, layout: undefined, peek: undefined, bin: true })
    setOpen(false)
  }
  return (
    <>
      {sharing && <ViewShare view={sharing} onClose={() => setSharing(undefined)} />}
      <Float
        open={open}
        onOpenChange={setOpen}
        label={say("nav.views")}
        trigger={
          <button type="button" className="view-switch">
            <span className="soft view-object">{state.object.plural}</span>
            <span className="faint view-object">/</span>
            <span className="clip">
              {state.bin
                ? say("bin.title")
                : (state.view?.label ?? say("list.every", { object: state.object.plural }))}
            </span>
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        }
      >
        <button type="button" className="float-item" onClick={() => go(undefined)}>
          {say("list.every", { object: state.object.plural })}
        </button>
        {state.views
          .filter((one) => one.usable)
          .map((one) => (
            <button
              key={one.id ?? one.key}
              type="button"
              className="float-item"
              onClick={() => go(one)}
            >
              <span className="clip">{one.label}</span>
              {one.owner && (
                <span className="faint view-owner">
                  {one.level === "own" ? say("view.own") : one.owner.name}
                </span>
              )}
            </button>
          ))}
        {known.object(state.object.key)?.may.delete && (
          <button type="button" className="float-item" onClick={toBin}>
            <Trash2 size={14} aria-hidden="true" />
            {say("bin.title")}
          </button>
        )}
        {writes && !state.bin && (
          <Keeping
            state={state}
            onKept={go}
            onGone={() => go(undefined)}
            onShare={(view) => {
              setOpen(false)
              setSharing(view)
            }}
          />
        )}
      </Float>
    </>
  )
}

interface KeepingProps {
  state: ListState
  onKept: (view: ViewMeta) => void
  onGone: () => void
  onShare: (view: ViewMeta) => void
}

function Keeping({ state, onKept, onGone, onShare }: KeepingProps) {
  const say = useWords()
  const client = useQueryClient()
  const [label, setLabel] = useState("")
  const own = state.view?.id && state.view.level !== "read"
  const said = {
    select: state.columns.map((one) => one.key),
    where:
      allOf(state.view?.where, WHOSE_IS[state.search.whose ?? "all"], state.search.where) ?? "",
    order: state.order,
    pinned: state.columns.slice(1, state.pinned).map((one) => one.key),
    group: state.group ? byText(state.group) : "",
    group_order: state.group ? state.groupOrder : "",
    measures: state.group ? state.measures : null,
  }
  async function keep(again: boolean) {
    try {
      const view = again
        ? await ask<ViewMeta>("PATCH", `/views/${state.view?.id}`, { body: said })
        : await ask<ViewMeta>("POST", "/views", {
            body: { ...said, object: state.object.key, label },
          })
      await client.invalidateQueries({ queryKey: views.all() })
      tell(say("view.kept", { label: view.label }))
      onKept(view)
    } catch (error) {
      tellFault(error)
    }
  }
  async function drop() {
    const path = `/views/${state.view?.id}` as const
    // Away from it first: nothing may be asked by a view that is no more.
    onGone()
    try {
      await ask("DELETE", path)
      await client.invalidateQueries({ queryKey: views.all() })
    } catch (error) {
      tellFault(error)
    }
  }
  return (
    <form
      className="view-keep"
      onSubmit={(event) => {
        event.preventDefault()
        void keep(false)
      }}
    >
      <input
        className="input"
        aria-label={say("view.name")}
        placeholder={say("view.name")}
        required
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Button small type="submit">
        {say("view.keep")}
      </Button>
      {own && (
        <Button small look="quiet" onClick={() => void keep(true)}>
          {say("view.renew")}
        </Button>
      )}
      {state.view?.id && state.view.level === "own" && (
        <>
          <Button small look="quiet" onClick={() => state.view && onShare(state.view)}>
            {say("view.share.do")}
          </Button>
          <Button small look="danger" onClick={() => void drop()}>
            {say("view.drop")}
          </Button>
        </>
      )}
    </form>
  )
}

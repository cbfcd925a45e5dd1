import { useNavigate } from "@tanstack/react-router"
import { Download, Plus, Upload } from "lucide-react"
import { lazy, Suspense, useRef } from "react"
import { byText } from "../../kernel/groups"
import { Button } from "../../ui/button"
import { useEntry } from "../../ui/entry"
import { useNarrow } from "../../ui/narrow"
import { Empty } from "../../ui/states"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"
import { useExport } from "./exporting"
import { Cards } from "./parts/Cards"
import { Table } from "./parts/Table"
import { Toolbar } from "./parts/Toolbar"
import { ViewSwitch } from "./parts/ViewSwitch"
import { type ListState, useListState } from "./state"
import "./list.css"

const Board = lazy(() => import("./parts/Board").then((one) => ({ default: one.Board })))
const Calendar = lazy(() => import("./layouts/Calendar").then((one) => ({ default: one.Calendar })))
const Gallery = lazy(() => import("./layouts/Gallery").then((one) => ({ default: one.Gallery })))
const GroupCards = lazy(() =>
  import("./layouts/GroupCards").then((one) => ({ default: one.GroupCards })),
)
const Sweeping = lazy(() => import("./parts/Sweeping").then((one) => ({ default: one.Sweeping })))
const Groups = lazy(() => import("./layouts/Groups").then((one) => ({ default: one.Groups })))

/** The records of an object: as a table, as a board, on a phone as cards. */
export function ListPage() {
  const say = useWords()
  const state = useListState()
  const navigate = useNavigate()
  const entry = useEntry()
  const narrow = useNarrow()
  const search = useRef<HTMLInputElement>(null)
  const exporting = useExport()
  if (!state) return <Empty title={say("record.missing")} />
  const { object } = state
  return (
    <section className="list-page" aria-label={object.plural}>
      <Top title={<ViewSwitch state={state} />}>
        {object.may.import && !narrow && (
          <Button
            icon={<Upload size={15} />}
            onClick={() =>
              void navigate({ to: "/desk/$object/import", params: { object: object.key } })
            }
          >
            {say("do.import")}
          </Button>
        )}
        {object.may.export && !narrow && (
          <Button
            icon={<Download size={15} />}
            disabled={exporting.busy}
            onClick={() => exporting.run(state)}
          >
            {say("do.export")}
          </Button>
        )}
        {object.may.create && (
          <Button
            look="main"
            icon={<Plus size={16} />}
            onClick={() => entry.open({ object: object.key })}
          >
            {say("do.new")}
          </Button>
        )}
      </Top>
      <Toolbar state={state} search={search} />
      <Suspense>
        <Records key={object.key} state={state} narrow={narrow} />
      </Suspense>
      {(state.bin || object.may.update || object.may.delete || object.may.transfer) && (
        <Suspense>
          <Sweeping object={object} />
        </Suspense>
      )}
    </section>
  )
}

/** The records in the way they are looked at. */
function Records({ state, narrow }: { state: ListState; narrow: boolean }) {
  if (state.bin) return narrow ? <Cards state={state} /> : <Table state={state} />
  const { layout } = state.search
  if (layout === "board" && state.by) return <Board state={state} by={state.by} />
  if (layout === "calendar" && state.day) return <Calendar state={state} by={state.day} />
  const { group } = state
  if (group && narrow) return <GroupCards key={byText(group)} state={state} by={group} />
  if (narrow) return <Cards state={state} />
  if (layout === "gallery") return <Gallery state={state} />
  if (group) return <Groups key={byText(group)} state={state} by={group} />
  return <Table state={state} />
}

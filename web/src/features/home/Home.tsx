import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Upload } from "lucide-react"
import { catalog, me, records, views } from "../../data/recipes"
import { Brief } from "../../fields/brief"
import { openedBy } from "../../kernel/faces/view"
import { type Catalog, fieldOf, type ObjectMeta, type ViewMeta } from "../../kernel/meta"
import { byWeight, columnsOf } from "../../kernel/shape"
import { wallNow } from "../../kernel/zone"
import { Button } from "../../ui/button"
import { useEntry } from "../../ui/entry"
import { ObjectIcon } from "../../ui/icons"
import { Bones, Empty } from "../../ui/states"
import { useWords } from "../../ui/words"
import { Demo } from "./Demo"
import { Due } from "./Due"
import "./home.css"
import { ShortList } from "./ShortList"
import { Wishes } from "./Wishes"

const BLOCKS = 4
const NUMBERS = 4

/** What waits for me: my views as short lists, my numbers on top. */
export function Home() {
  const say = useWords()
  const { data: who } = useSuspenseQuery(me())
  const { data: known } = useSuspenseQuery(catalog())
  const saved = useQuery(views.every())
  const hour = wallNow().getHours()
  const part = say(hour < 12 ? "home.morning" : hour < 18 ? "home.afternoon" : "home.evening")
  const owned = byWeight(
    known.objects.filter((one) => one.may.read && fieldOf(one, "owner")),
  ).slice(0, NUMBERS)
  const mine = (saved.data ?? [])
    .filter((one) => one.usable && known.object(one.object)?.may.read)
    .sort(byNearness)
  const first = owned[0]
  const count = useQuery({ ...records.count(first?.key ?? "", {}), enabled: first !== undefined })
  return (
    <div className="home">
      <h1>{say("home.hello", { name: who.user.name, part })}</h1>
      <ul className="home-numbers">
        {owned.map((one) => (
          <MyNumber key={one.key} object={one} />
        ))}
      </ul>
      {first && count.data?.value === 0 && <Beginning object={first} />}
      <div className="home-blocks">
        <Wishes />
        <Due known={known} />
        {saved.isPending && <Bones lines={6} height={22} />}
        {mine.slice(0, BLOCKS).map((one) => {
          const object = known.object(one.object)
          return (
            object && <Block key={one.id ?? one.key} view={one} object={object} known={known} />
          )
        })}
      </div>
    </div>
  )
}

/** Views about me come first, one's own before those of others. */
function byNearness(one: ViewMeta, other: ViewMeta): number {
  const near = (view: ViewMeta) => (view.key?.startsWith("my_") ? 0 : view.level === "own" ? 1 : 2)
  return near(one) - near(other)
}

function MyNumber({ object }: { object: ObjectMeta }) {
  const say = useWords()
  const { data } = useQuery(records.count(object.key, { where: "owner = ME()" }))
  return (
    <li>
      <Link
        to="/desk/$object"
        params={{ object: object.key }}
        search={{ whose: "mine" }}
        className="home-number"
      >
        <strong>{data ? data.value.toLocaleString() : "…"}</strong>
        <span className="soft">{say("home.number", { object: object.plural })}</span>
      </Link>
    </li>
  )
}

function Beginning({ object }: { object: ObjectMeta }) {
  const say = useWords()
  const navigate = useNavigate()
  const entry = useEntry()
  const { data: who } = useSuspenseQuery(me())
  return (
    <Empty title={say("home.start")} hint={say("home.start.hint")}>
      {object.may.import && (
        <Button
          look="main"
          icon={<Upload size={15} />}
          onClick={() =>
            void navigate({ to: "/desk/$object/import", params: { object: object.key } })
          }
        >
          {say("import.title", { object: object.plural })}
        </Button>
      )}
      {object.may.create && (
        <Button onClick={() => entry.open({ object: object.key })}>
          {say("do.new.of", { object: object.label })}
        </Button>
      )}
      {who.configure && who.people && <Demo />}
    </Empty>
  )
}

function Block({ view, object, known }: { view: ViewMeta; object: ObjectMeta; known: Catalog }) {
  const say = useWords()
  const keys = view.select.length ? view.select : columnsOf(object)
  const facts = keys
    .filter((one) => one !== object.title)
    .flatMap((one) => fieldOf(object, one) ?? [])
    .slice(0, 3)
  const select = [...new Set(["id", object.title, ...facts.flatMap((one) => known.asked(one))])]
  const name = view.id ?? view.key ?? ""
  const { data } = useQuery(records.page(object.key, { view: name, select, limit: 6 }))
  return (
    <ShortList
      title={view.label}
      icon={<ObjectIcon name={object.icon} size={15} />}
      object={object}
      search={openedBy(view)}
      nothing={say("home.none")}
      records={data?.items}
      facts={(one) => <Brief record={one} facts={facts} known={known} />}
    />
  )
}

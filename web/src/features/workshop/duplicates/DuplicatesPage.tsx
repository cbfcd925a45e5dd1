import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { ScanSearch } from "lucide-react"
import { keep, kept } from "../../../data/preferences"
import { catalog } from "../../../data/recipes"
import { byWeight } from "../../../kernel/shape"
import { Button } from "../../../ui/button"
import { Empty } from "../../../ui/states"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"
import { ObjectTop } from "../ObjectTop"
import { Renewing } from "../Renewing"
import { begin, busy, identity } from "./api"
import { Bulk } from "./parts/Bulk"
import { Review } from "./parts/Review"
import { RunState } from "./parts/RunState"
import "./duplicates.css"

/** Which records are the same: a run finds them, a person decides what the run leaves open. */
export function DuplicatesPage() {
  const say = useWords()
  const client = useQueryClient()
  const search = useSearch({ from: "/inside/workshop/duplicates" })
  const navigate = useNavigate({ from: "/workshop/duplicates" })
  const { data: known } = useSuspenseQuery(catalog())
  const objects = byWeight(known.objects.filter((one) => one.may.read && one.may.merge))
  const object = objects.find((one) => one.key === search.object) ?? objects[0]
  const id = search.run ?? (object && kept(`identity.${object.key}`)) ?? ""
  const run = useQuery({ ...identity.run(id), enabled: id !== "" })
  const start = useMutation({
    mutationFn: (again: boolean) => begin(object?.key ?? "", again),
    onSuccess: (made) => {
      keep(`identity.${made.object}`, made.id)
      client.setQueryData(identity.run(made.id).queryKey, made)
      void navigate({ search: { object: made.object, run: made.id }, replace: true })
    },
    onError: tellFault,
  })
  if (!object) return <Empty title={say("record.missing")} />
  const here = run.data?.object === object.key ? run.data : undefined
  const after = here?.state === "done" ? here.id : ""
  const running = start.isPending || busy(here)
  return (
    <>
      <ObjectTop
        title={say("duplicates.title")}
        objects={objects}
        chosen={object.key}
        onChoose={(chosen) => void navigate({ search: { object: chosen } })}
      >
        {here?.state === "done" && (
          <Button disabled={running} onClick={() => start.mutate(true)}>
            {say("duplicates.again")}
          </Button>
        )}
        <Button
          look="main"
          icon={<ScanSearch size={15} />}
          disabled={running}
          onClick={() => start.mutate(false)}
        >
          {say("duplicates.find")}
        </Button>
      </ObjectTop>
      <Renewing />
      <div className="duplicates-page">
        {here && <RunState run={here} object={object} />}
        {here?.state === "done" && here.clusters > 0 && <Bulk run={here} object={object} />}
        <Review key={`${object.key} ${after}`} object={object} after={after} searching={running} />
      </div>
    </>
  )
}

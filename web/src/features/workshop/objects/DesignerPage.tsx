import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { configuration } from "../../../data/configuration"
import type { ObjectDocument } from "../../../kernel/design/object"
import { Button } from "../../../ui/button"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { Designer } from "./Designer"
import { useDraft } from "./draft"
import "./designer.css"
import "./objects.css"
import "./rules.css"

/** One object, drawn: fetched, or begun in this browser. */
export function DesignerPage() {
  const say = useWords()
  const { key = "" } = useParams({ strict: false })
  const objects = useQuery(configuration.list<ObjectDocument>("object"))
  const schema = useQuery(configuration.schema("object"))
  const stored = objects.data?.find((one) => one.key === key)
  const draft = useDraft(key, stored)
  const error = objects.error ?? schema.error
  if (error)
    return (
      <Trouble error={error} retry={() => void objects.refetch().then(() => schema.refetch())} />
    )
  if (!objects.data || !schema.data)
    return (
      <>
        <Top title={say("objects.title")} />
        <div className="objects">
          <Bones lines={10} height={20} gap={16} />
        </div>
      </>
    )
  if (!draft)
    return (
      <Empty title={say("objects.missing")}>
        <Link to="/workshop/objects">
          <Button>{say("objects.all")}</Button>
        </Link>
      </Empty>
    )
  return (
    <Designer key={key} draft={draft} stored={stored} objects={objects.data} schema={schema.data} />
  )
}

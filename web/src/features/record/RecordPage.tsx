import { useQuery, useSuspenseQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { catalog, records } from "../../data/recipes"
import { Shown } from "../../fields/show"
import { titleOfRecord } from "../../kernel/meta"
import { factsOf } from "../../kernel/shape"
import { Bones, Empty, Trouble } from "../../ui/states"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"

export function RecordPage() {
  const say = useWords()
  const { object: key, id } = useParams({ from: "/desk/$object/$id" })
  const { data: known } = useSuspenseQuery(catalog())
  const found = useQuery(records.one(key, id))
  const object = known.object(key)
  if (!object) return <Empty title={say("record.missing")} />
  if (found.error) return <Trouble error={found.error} />
  if (!found.data) return <Bones lines={10} />
  const record = found.data
  return (
    <>
      <Top title={titleOfRecord(object, record)} />
      <dl>
        {factsOf(object).map((field) => (
          <div key={field.key}>
            <dt>{field.label}</dt>
            <dd>
              <Shown field={field} value={record[field.key]} name={known.named(record, field)} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link, useParams, useSearch } from "@tanstack/react-router"
import { catalog, records } from "../../data/recipes"
import { Shown } from "../../fields/show"
import { fieldOf, titleOfRecord } from "../../kernel/meta"
import { columnsOf } from "../../kernel/shape"
import { Empty, Trouble } from "../../ui/states"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"

export function ListPage() {
  const say = useWords()
  const { object: key } = useParams({ from: "/desk/$object" })
  const search = useSearch({ from: "/desk/$object" })
  const { data: known } = useSuspenseQuery(catalog())
  const object = known.object(key)
  const fields = object ? columnsOf(object).flatMap((one) => fieldOf(object, one) ?? []) : []
  const select = ["id", ...fields.flatMap((one) => known.asked(one))]
  const found = useInfiniteQuery(records.pages(key, { select, search: search.q }))
  if (!object) return <Empty title={say("record.missing")} />
  if (found.error) return <Trouble error={found.error} />
  return (
    <>
      <Top title={object.plural} />
      <table>
        <tbody>
          {found.data?.pages.flatMap((page) =>
            page.items.map((record) => (
              <tr key={record.id}>
                {fields.map((field) => (
                  <td key={field.key}>
                    {field.key === object.title ? (
                      <Link to="/desk/$object/$id" params={{ object: key, id: record.id }}>
                        {titleOfRecord(object, record)}
                      </Link>
                    ) : (
                      <Shown
                        field={field}
                        value={record[field.key]}
                        name={known.named(record, field)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </>
  )
}

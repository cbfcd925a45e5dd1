import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { catalog, records } from "../../../data/recipes"
import { Shown } from "../../../fields/show"
import { colorOf, initials } from "../../../kernel/format"
import { type RecordData, titleOfRecord } from "../../../kernel/meta"
import { Button } from "../../../ui/button"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import { Nothing } from "../parts/Nothing"
import type { ListState } from "../state"
import "./layouts.css"

const FACTS = 4

/** Records as cards with their picture. */
export function Gallery({ state }: { state: ListState }) {
  const say = useWords()
  const { object, columns } = state
  const { data: known } = useSuspenseQuery(catalog())
  const picture = object.fields.find((one) => one.kind === "image")
  const select = [...new Set([...state.selected, ...(picture ? [picture.key] : [])])]
  const pages = useInfiniteQuery(records.pages(object.key, { ...state.query, select }))
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (pages.error) return <Trouble error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending)
    return (
      <div style={{ padding: 20 }}>
        <Bones lines={6} height={80} />
      </div>
    )
  if (rows.length === 0) return <Nothing state={state} />
  const facts = columns.filter((one) => one.key !== object.title && one !== picture).slice(0, FACTS)
  return (
    <div className="gallery">
      <ul>
        {rows.map((record) => (
          <li key={record.id} data-peeked={state.search.peek === record.id || undefined}>
            <Link
              to="/desk/$object/$id"
              params={{ object: object.key, id: record.id }}
              className="gallery-card"
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return
                event.preventDefault()
                state.set({ peek: record.id })
              }}
            >
              {picture && (
                <Picture
                  title={titleOfRecord(object, record)}
                  file={firstOf(record, picture.key)}
                />
              )}
              <strong className="clip">{titleOfRecord(object, record)}</strong>
              {facts
                .filter((one) => record[one.key] !== null && record[one.key] !== undefined)
                .map((one) => (
                  <span key={one.key} className="gallery-fact">
                    <span className="faint clip">{one.label}</span>
                    <Shown
                      field={
                        ["phone", "email", "url"].includes(one.kind)
                          ? { ...one, kind: "text" }
                          : one
                      }
                      value={record[one.key]}
                      name={known.named(record, one)}
                    />
                  </span>
                ))}
            </Link>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say("do.load")}
        </Button>
      )}
    </div>
  )
}

function firstOf(record: RecordData, key: string): string | undefined {
  const value = record[key]
  const first = Array.isArray(value) ? value[0] : undefined
  return typeof first === "string" ? first : undefined
}

function Picture({ title, file }: { title: string; file: string | undefined }) {
  if (file)
    return <img className="gallery-picture" src={`/api/v1/files/${file}`} alt="" loading="lazy" />
  return (
    <span className="gallery-picture gallery-letter" data-color={colorOf(title)} aria-hidden="true">
      {initials(title.slice(0, 1))}
    </span>
  )
}

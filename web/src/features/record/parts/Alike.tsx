import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { GitMerge } from "lucide-react"
import { ask } from "../../../data/client"
import type { Duplicate } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { percent } from "../../../kernel/format"
import type { Value } from "../../../kernel/meta"
import { factsOf } from "../../../kernel/shape"
import { likely } from "../../../kernel/waterfall"
import { Button } from "../../../ui/button"
import { Dialog } from "../../../ui/dialog"
import { useMerging } from "../../../ui/merging"
import { Bones, Empty, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"
import type { Place } from "../place"
import { Apart, useApart } from "./Apart"

/** Who else this may be, asked of the gate on wish: with the way to compare and merge. */
export function Alike({ object, record, known, onClose }: Place & { onClose: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const merging = useMerging()
  const body: Record<string, Value> = Object.fromEntries(
    factsOf(object)
      .filter((one) => one.create && one.level === "write" && !one.object && one.type !== "list")
      .map((one): [string, Value] => [one.key, record[one.key] ?? null])
      .filter(([, value]) => value !== null),
  )
  const found = useQuery({
    queryKey: ["records", object.key, "alike", record.id, record.version],
    queryFn: ({ signal }) =>
      ask<{ duplicates: Duplicate[] }>("POST", `/records/${object.key}/check`, {
        body,
        signal,
      }),
    retry: false,
  })
  const others = found.data?.duplicates.filter((one) => one.id !== record.id && likely(one.score))
  const of = (one: Duplicate) => one.object ?? object.key
  const ids = others?.flatMap((one) => (one.id && of(one) === object.key ? [one.id] : [])) ?? []
  const told = useApart(object, known, ids)
  return (
    <Dialog title={say("alike.title")} onClose={onClose}>
      {found.error && <Trouble error={found.error} />}
      {found.isPending && <Bones lines={3} height={32} />}
      {others?.length === 0 && <Empty title={say("alike.none")} />}
      <ul className="merges">
        {others?.map((one, at) => (
          <li key={one.id ?? at}>
            <div>
              {one.id ? (
                <Link
                  to="/desk/$object/$id"
                  params={{ object: of(one), id: one.id }}
                  className="value-link"
                  target="_blank"
                >
                  {one.title}
                </Link>
              ) : (
                say("entry.hidden", { object: object.label })
              )}
              <p className="soft">
                {known.object(of(one))?.label} · {percent(one.score, language)}
                <Apart
                  object={object}
                  known={known}
                  record={told.find((each) => each.id === one.id)}
                />
              </p>
            </div>
            {one.id && of(one) === object.key && object.may.merge && (
              <Button
                small
                icon={<GitMerge size={14} />}
                onClick={() => {
                  onClose()
                  merging.open({ object: object.key, ids: [record.id, one.id ?? ""] })
                }}
              >
                {say("alike.compare")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

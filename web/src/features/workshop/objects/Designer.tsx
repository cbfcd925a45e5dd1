import { useMutation } from "@tanstack/react-query"
import { Link, useNavigate, useSearch } from "@tanstack/react-router"
import { ArrowRight, Ellipsis, Trash2, Undo2 } from "lucide-react"
import { useMemo, useState } from "react"
import { type Plan, planned, removed, type Stored, written } from "../../../data/configuration"
import { Fault } from "../../../data/fault"
import { useLanguage } from "../../../data/preferences"
import { type ObjectDocument, saidIn, tidy } from "../../../kernel/design/object"
import { type Placed, placed } from "../../../kernel/design/problems"
import { kindsOf, type Schema } from "../../../kernel/design/schema"
import type { Word } from "../../../kernel/words/zh"
import { Button, IconButton } from "../../../ui/button"
import { Menu } from "../../../ui/float"
import { ObjectIcon } from "../../../ui/icons"
import { tell, tellFault } from "../../../ui/toast"
import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"
import { PlanDialog } from "../planning/PlanDialog"
import { Problems } from "../planning/Problems"
import type { Design } from "./context"
import type { Draft } from "./draft"
import { Basics } from "./parts/Basics"
import { Fields } from "./parts/Fields"
import { Match } from "./parts/Match"
import { Relations } from "./parts/Relations"
import { UniqueRules } from "./parts/UniqueRules"
import { Versions } from "./parts/Versions"
import type { Part } from "./search"

const PARTS: readonly Part[] = ["fields", "relations", "rules", "match", "basics", "versions"]

interface Props {
  draft: Draft
  stored: Stored<ObjectDocument> | undefined
  objects: readonly Stored<ObjectDocument>[]
  schema: Schema
}

type Asked = { plan: Plan; to: "save" | "remove" }

/** The designer of one object: its parts, and the plan before anything happens. */
export function Designer({ draft, stored, objects, schema }: Props) {
  const say = useWords()
  const language = useLanguage()
  const go = useNavigate({ from: "/workshop/objects/$key" })
  const search = useSearch({ from: "/inside/workshop/objects/$key" })
  const kinds = useMemo(() => kindsOf(schema, language), [schema, language])
  const [problems, setProblems] = useState<Placed[]>([])
  const [asked, setAsked] = useState<Asked>()
  const { document } = draft
  const part = search.part ?? "fields"
  const planning = useMutation({
    mutationFn: async (to: Asked["to"]): Promise<Asked> => {
      const name = { kind: "object", key: document.key }
      const wish = to === "save" ? { documents: [tidy(document)] } : { remove: [name] }
      return { plan: await planned(wish), to }
    },
    onSuccess: (found) => {
      setProblems([])
      setAsked(found)
    },
    onError: (error) => {
      if (error instanceof Fault && error.errors.length) setProblems(error.errors.map(placed))
      else tellFault(error)
    },
  })
  const pick = (one: Placed) => {
    const field = one.field === undefined ? undefined : document.fields[one.field]?.key
    void go({ search: { part: field ? undefined : partOf(one), field } })
  }
  const design: Design = { draft, stored, objects, kinds, problems, language }
  const label = saidIn(document.label, language) || document.key
  return (
    <div className="workshop-page">
      <Top
        title={
          <span className="designer-title">
            <Link to="/workshop/objects">{say("objects.title")}</Link>
            <span aria-hidden="true">/</span>
            <ObjectIcon name={document.icon} />
            <span className="clip">{label}</span>
          </span>
        }
      >
        <State draft={draft} />
        {draft.undo && (
          <IconButton label={say("do.undo")} onClick={draft.undo}>
            <Undo2 size={16} />
          </IconButton>
        )}
        {stored && (
          <Link
            to="/desk/$object"
            params={{ object: document.key }}
            className="button button-quiet designer-use"
          >
            <span className="clip">{say("objects.use")}</span>
            <ArrowRight size={14} aria-hidden="true" />
          </Link>
        )}
        <Menu
          trigger={
            <IconButton label={say("do.more")}>
              <Ellipsis size={18} />
            </IconButton>
          }
          items={[
            draft.changed && { label: say("objects.drop"), run: draft.drop },
            stored !== undefined && {
              label: say("objects.remove"),
              icon: <Trash2 size={14} />,
              danger: true,
              run: () => planning.mutate("remove"),
            },
          ]}
        />
        {draft.changed && (
          <Button look="main" disabled={planning.isPending} onClick={() => planning.mutate("save")}>
            {planning.isPending ? say("plan.asking") : say("do.save")}
          </Button>
        )}
      </Top>
      <nav className="designer-parts" aria-label={say("objects.parts")}>
        {PARTS.filter((one) => stored || (one !== "versions" && one !== "match")).map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === part ? "page" : undefined}
            onClick={() => void go({ search: { part: one === "fields" ? undefined : one } })}
          >
            {say(`objects.part.${one}` as Word)}
          </button>
        ))}
      </nav>
      <div className="designer-body">
        {part === "fields" && <Fields design={design} />}
        {part === "relations" && <Relations design={design} />}
        {part === "rules" && <UniqueRules design={design} />}
        {part === "match" && <Match design={design} />}
        {part === "basics" && <Basics design={design} />}
        {part === "versions" && <Versions design={design} />}
      </div>
      <Problems
        problems={problems}
        where={(one) => placeOf(one, document, design) || label}
        onPick={pick}
      />
      {asked && (
        <PlanDialog
          plan={asked.plan}
          title={say(asked.to === "save" ? "objects.plan" : "objects.plan.remove", { label })}
          run={(confirm) =>
            asked.to === "save"
              ? written(tidy(document), draft.version, confirm)
              : removed("object", document.key, confirm)
          }
          onDone={() => {
            draft.drop()
            setAsked(undefined)
            tell(say(asked.to === "save" ? "objects.saved" : "objects.removed", { label }))
            if (asked.to === "remove") void go({ to: "/workshop/objects" })
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

/** Whether what stands here is saved, and whether somebody else was faster. */
function State({ draft }: { draft: Draft }) {
  const say = useWords()
  if (draft.overtaken)
    return (
      <span className="designer-overtaken">
        {say("objects.overtaken")}
        <Button small onClick={draft.rebase}>
          {say("objects.overtaken.keep")}
        </Button>
        <Button small onClick={draft.drop}>
          {say("objects.overtaken.drop")}
        </Button>
      </span>
    )
  return draft.changed ? (
    <span className="soft designer-state">{say("objects.unsaved")}</span>
  ) : null
}

function partOf(one: Placed): Part | undefined {
  if (one.member === "unique") return "rules"
  return one.member === "fields" ? undefined : "basics"
}

function placeOf(one: Placed, document: ObjectDocument, design: Design): string {
  const field = one.field === undefined ? undefined : document.fields[one.field]
  return field ? saidIn(field.label, design.language) || field.key : one.member
}

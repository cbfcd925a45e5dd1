import { useQuery } from "@tanstack/react-query"
import { AlarmClock, CalendarCheck } from "lucide-react"
import { useLanguage } from "../../data/preferences"
import { records } from "../../data/recipes"
import { moment } from "../../kernel/format"
import { type Catalog, type FieldMeta, fieldOf, type ObjectMeta } from "../../kernel/meta"
import { stageOf } from "../../kernel/shape"
import { useWords } from "../../ui/words"
import { ShortList } from "./ShortList"

interface Dated {
  object: ObjectMeta
  field: FieldMeta
  /** Without what is over. */
  open: string
}

const SHOWN = 6
const OVER = /完成|取消|关闭|作废|done|closed|cancel/i

/** What has a date of mine: tasks by when they are due, journals by when to call again. */
function datedOf(known: Catalog): Dated[] {
  return ["due_at", "next_at", "next_activity_at"].flatMap((key) =>
    known.objects
      .filter((one) => one.may.read && fieldOf(one, "owner") && fieldOf(one, key))
      .slice(0, 1)
      .map((object) => {
        const stage = stageOf(object)
        const over = stage?.options.filter((one) => OVER.test(one.key)).map((one) => one.key) ?? []
        const field = fieldOf(object, key) as FieldMeta
        const open = over.length && stage ? `${stage.key} not in ${JSON.stringify(over)}` : ""
        return { object, field, open }
      }),
  )
}

/** Today's follow-ups and what is late, of whatever has a date here. */
export function Due({ known }: { known: Catalog }) {
  const say = useWords()
  const dated = datedOf(known)
  const [first] = dated
  const follow = dated.find((one) => one.field.key === "next_activity_at") ?? dated[1]
  return (
    <>
      {first && (
        <DueBlock
          title={say("home.overdue", { object: first.object.label })}
          late
          dated={first}
          when={`${first.field.key} < NOW()`}
        />
      )}
      {follow && (
        <DueBlock
          title={say("home.today", { object: follow.object.label })}
          dated={follow}
          when={`${follow.field.key} in today`}
        />
      )}
    </>
  )
}

interface BlockProps {
  title: string
  late?: boolean
  dated: Dated
  when: string
}

function DueBlock({ title, late, dated, when }: BlockProps) {
  const say = useWords()
  const language = useLanguage()
  const { object, field, open } = dated
  const where = ["owner = ME()", when, open].filter(Boolean).join(" and ")
  const select = ["id", object.title, field.key]
  const query = { where, order: [field.key], select, limit: SHOWN }
  const { data } = useQuery(records.page(object.key, query))
  return (
    <ShortList
      title={title}
      icon={late ? <AlarmClock size={15} /> : <CalendarCheck size={15} />}
      object={object}
      search={{ where, order: field.key }}
      late={late}
      nothing={say("home.nothing")}
      records={data?.items}
      facts={(one) => moment(String(one[field.key]), language, new Date())}
    />
  )
}

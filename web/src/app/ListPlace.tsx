import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { lazy, Suspense } from "react"
import { ListPage } from "../features/list/ListPage"
import { useNarrow } from "../ui/narrow"
import { Bones } from "../ui/states"
import { useWords } from "../ui/words"

const RecordView = lazy(() =>
  import("../features/record/RecordView").then((one) => ({ default: one.RecordView })),
)

/** A list, and beside it the record one looks at. */
export function ListPlace() {
  const say = useWords()
  const { object } = useParams({ from: "/inside/desk/$object" })
  const { peek } = useSearch({ from: "/inside/desk/$object" })
  const navigate = useNavigate({ from: "/desk/$object" })
  const narrow = useNarrow()
  const open = peek !== undefined && !narrow
  const close = () =>
    void navigate({ search: (before) => ({ ...before, peek: undefined }), replace: true })
  return (
    <div className="list-place" data-open={open || undefined}>
      <ListPage />
      {open && (
        <aside className="list-peek record-frame" aria-label={say("record.beside")}>
          <Suspense
            fallback={
              <div style={{ padding: 20 }}>
                <Bones lines={10} height={20} />
              </div>
            }
          >
            <RecordView key={peek} object={object} id={peek} onClose={close} />
          </Suspense>
        </aside>
      )}
    </div>
  )
}

import { useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { lazy, type ReactNode, Suspense, useState } from "react"
import { catalog } from "../data/recipes"
import { EntryContext, type EntryWish } from "../ui/entry"
import { MergeContext, type MergeWish } from "../ui/merging"
import { Toasts } from "../ui/toast"
import { useKeys } from "./keys"
import { PaletteContext } from "./palette"

const Palette = lazy(() =>
  import("../features/palette/Palette").then((one) => ({ default: one.Palette })),
)
const Help = lazy(() => import("./Help").then((one) => ({ default: one.Help })))
const EntryDialog = lazy(() =>
  import("../features/entry/EntryDialog").then((one) => ({ default: one.EntryDialog })),
)
const MergeDialog = lazy(() =>
  import("../features/merging/MergeDialog").then((one) => ({ default: one.MergeDialog })),
)

type Open =
  | { what: "palette" }
  | { what: "help" }
  | { what: "entry"; wish: EntryWish }
  | { what: "merge"; wish: MergeWish }

/** What may lie over any page, one at a time: the palette, a form, a comparison. */
export function Providers({ children }: { children: ReactNode }) {
  const navigate = useNavigate()
  const { data: known } = useSuspenseQuery(catalog())
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  useKeys({
    known,
    onPalette: () => setOpen((now) => (now?.what === "palette" ? undefined : { what: "palette" })),
    onHelp: () => setOpen({ what: "help" }),
    onNew: (key) => setOpen({ what: "entry", wish: { object: key } }),
  })
  const object = open?.what === "entry" ? known.object(open.wish.object) : undefined
  const merged = open?.what === "merge" ? known.object(open.wish.object) : undefined
  return (
    <EntryContext.Provider value={{ open: (wish) => setOpen({ what: "entry", wish }) }}>
      <MergeContext.Provider value={{ open: (wish) => setOpen({ what: "merge", wish }) }}>
        <PaletteContext.Provider value={() => setOpen({ what: "palette" })}>
          {children}
          <Suspense>
            {open?.what === "palette" && <Palette onClose={close} />}
            {open?.what === "help" && <Help known={known} onClose={close} />}
            {open?.what === "entry" && object && (
              <EntryDialog
                object={object}
                wish={open.wish}
                onClose={close}
                onSaved={(saved) => {
                  close()
                  open.wish.saved?.(saved)
                  if (!open.wish.record && !open.wish.given)
                    void navigate({
                      to: "/desk/$object/$id",
                      params: { object: object.key, id: saved.id },
                    })
                }}
              />
            )}
            {open?.what === "merge" && merged && (
              <MergeDialog object={merged} wish={open.wish} onClose={close} />
            )}
          </Suspense>
          <Toasts />
        </PaletteContext.Provider>
      </MergeContext.Provider>
    </EntryContext.Provider>
  )
}

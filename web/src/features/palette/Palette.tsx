import { useQueries, useSuspenseQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Command } from "cmdk"
import { House, Plus, Upload } from "lucide-react"
import { useDeferredValue, useState } from "react"
import { catalog, me, records } from "../../data/recipes"
import { Shown } from "../../fields/show"
import { fieldOf, type ObjectMeta, titleOfRecord } from "../../kernel/meta"
import { groupsFor } from "../../kernel/sections"
import { byWeight } from "../../kernel/shape"
import { Dialog } from "../../ui/dialog"
import { useEntry } from "../../ui/entry"
import { ObjectIcon } from "../../ui/icons"
import { useWords } from "../../ui/words"
import "./palette.css"

/** Ctrl/⌘ K: every record, every place, every deed, from one line. */
export function Palette({ onClose }: { onClose: () => void }) {
  const say = useWords()
  const navigate = useNavigate()
  const entry = useEntry()
  const { data: known } = useSuspenseQuery(catalog())
  const { data: who } = useSuspenseQuery(me())
  const [text, setText] = useState("")
  const search = useDeferredValue(text.trim())
  const objects = byWeight(
    known.objects.filter((one) => one.may.read && one.fields.some((field) => field.searched)),
  )
  const found = useQueries({
    queries: objects.map((one) => ({
      ...records.page(one.key, { select: selectOf(one), search, limit: 5 }),
      enabled: search !== "",
      staleTime: 10_000,
    })),
  })
  function then(go: () => unknown) {
    onClose()
    void go()
  }
  const busy = search !== "" && found.some((one) => one.isFetching)
  const fits = (...words: string[]) =>
    text === "" || words.join(" ").toLowerCase().includes(text.trim().toLowerCase())
  const places = byWeight(
    known.objects.filter((one) => one.may.read && fits(one.plural, one.label, one.key)),
  )
  const home = fits(say("nav.home"), "home")
  const parts = groupsFor(who, known)
    .flatMap(([, sections]) => sections)
    .filter((one) => text !== "" && fits(say(one.word), one.to))
  const deeds = byWeight(
    known.objects.filter(
      (one) => one.may.create && fits(say("do.new"), one.label, `new ${one.key}`),
    ),
  )
  const imports = known.objects.filter(
    (one) =>
      one.may.import && fits(say("do.import"), one.label, `import ${one.key}`) && text !== "",
  )
  return (
    <Dialog look="middle" title={say("nav.search")} onClose={onClose}>
      <Command label={say("nav.search")} shouldFilter={false} loop className="palette">
        <Command.Input
          className="input"
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={say("palette.hint")}
        />
        <Command.List>
          <Command.Empty className="picker-none">
            {say(busy ? "palette.busy" : "pick.none")}
          </Command.Empty>
          {objects.map((object, at) => {
            const items = search === "" ? [] : (found[at]?.data?.items ?? [])
            if (items.length === 0) return null
            return (
              <Command.Group key={object.key} heading={object.plural}>
                {items.map((one) => (
                  <Command.Item
                    key={one.id}
                    value={one.id}
                    className="float-item"
                    onSelect={() =>
                      then(() =>
                        navigate({
                          to: "/desk/$object/$id",
                          params: { object: object.key, id: one.id },
                        }),
                      )
                    }
                  >
                    <ObjectIcon name={object.icon} />
                    <span className="clip">{titleOfRecord(object, one)}</span>
                    <span className="palette-facts soft">
                      {object.fields
                        .filter(
                          (field) =>
                            selectOf(object).includes(field.key) &&
                            field.key !== object.title &&
                            field.key !== "id" &&
                            one[field.key],
                        )
                        .map((field) => (
                          <Shown
                            key={field.key}
                            field={field.kind === "phone" ? { ...field, kind: "text" } : field}
                            value={one[field.key]}
                          />
                        ))}
                    </span>
                  </Command.Item>
                ))}
              </Command.Group>
            )
          })}
          {(home || parts.length + places.length > 0) && (
            <Command.Group heading={say("palette.go")}>
              {home && (
                <Command.Item
                  value="home"
                  className="float-item"
                  onSelect={() => then(() => navigate({ to: "/desk" }))}
                >
                  <House size={16} /> {say("nav.home")}
                </Command.Item>
              )}
              {parts.map((one) => (
                <Command.Item
                  key={one.to}
                  value={`workshop ${one.to}`}
                  className="float-item"
                  onSelect={() => then(() => navigate({ to: `/workshop/${one.to}` as string }))}
                >
                  <ObjectIcon name={one.icon} /> {say(one.word)}
                </Command.Item>
              ))}
              {places.map((one) => (
                <Command.Item
                  key={one.key}
                  value={`go ${one.key}`}
                  className="float-item"
                  onSelect={() =>
                    then(() => navigate({ to: "/desk/$object", params: { object: one.key } }))
                  }
                >
                  <ObjectIcon name={one.icon} /> {one.plural}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {deeds.length + imports.length > 0 && (
            <Command.Group heading={say("palette.do")}>
              {deeds.map((one) => (
                <Command.Item
                  key={one.key}
                  value={`new ${one.key}`}
                  className="float-item"
                  onSelect={() => then(() => entry.open({ object: one.key }))}
                >
                  <Plus size={16} /> {say("do.new.of", { object: one.label })}
                </Command.Item>
              ))}
              {imports.map((one) => (
                <Command.Item
                  key={one.key}
                  value={`import ${one.key}`}
                  className="float-item"
                  onSelect={() =>
                    then(() =>
                      navigate({ to: "/desk/$object/import", params: { object: one.key } }),
                    )
                  }
                >
                  <Upload size={16} /> {say("do.import")} {one.plural}
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  )
}

function selectOf(object: ObjectMeta): string[] {
  const telling =
    object.fields.find((one) => one.kind === "phone") ??
    object.fields.find((one) => one.kind === "option")
  return ["id", object.title, ...(telling && fieldOf(object, telling.key) ? [telling.key] : [])]
}

import { type ReactNode, useEffect, useRef } from "react"

interface Props<Item> {
  id: string
  label: string
  className?: string
  items: readonly Item[]
  /** The one that Enter takes. */
  at: number
  keyOf: (one: Item) => string
  title?: (one: Item) => string | undefined
  onTake: (one: Item) => void
  children: (one: Item) => ReactNode
}

/** What may come next in a text, below it: the text keeps the focus and the keys. */
export function Offers<Item>(props: Props<Item>) {
  const { id, label, className, items, at, keyOf, title, onTake, children } = props
  const list = useRef<HTMLDivElement>(null)
  // The list scrolls by its own: what is picked has to be seen.
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" })
  }, [at])
  return (
    <div role="listbox" id={id} className={className} aria-label={label} ref={list}>
      {items.map((one, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text keeps the focus and the keys
        <div
          key={keyOf(one)}
          id={`${id}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === at}
          data-selected={place === at}
          className="float-item"
          title={title?.(one)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(one)}
        >
          {children(one)}
        </div>
      ))}
    </div>
  )
}

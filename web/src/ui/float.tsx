import { DropdownMenu, Popover } from "radix-ui"
import { createContext, type ReactNode, useContext } from "react"
import "./float.css"

/** Where floating things hang: in the page, or in the dialog that is open, which lies above it. */
export const Harbour = createContext<HTMLElement | null>(null)

interface FloatProps {
  trigger: ReactNode
  children: ReactNode
  align?: "start" | "center" | "end"
  wide?: boolean
  label?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Something that floats beside what opened it. */
export function Float({
  trigger,
  children,
  align = "start",
  wide,
  label,
  open,
  onOpenChange,
}: FloatProps) {
  const harbour = useContext(Harbour)
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal container={harbour}>
        <Popover.Content
          className={wide ? "float float-wide" : "float"}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

export interface Item {
  label: ReactNode
  icon?: ReactNode
  danger?: boolean
  disabled?: boolean
  run: () => void
}

/** A short list of deeds. */
export function Menu({
  trigger,
  items,
  align = "end",
}: {
  trigger: ReactNode
  items: (Item | false)[]
  align?: "start" | "end"
}) {
  const harbour = useContext(Harbour)
  const shown = items.filter((one): one is Item => one !== false)
  if (shown.length === 0) return null
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={harbour}>
        <DropdownMenu.Content className="float" align={align} sideOffset={4} collisionPadding={8}>
          {shown.map((one, at) => (
            <DropdownMenu.Item
              // biome-ignore lint/suspicious/noArrayIndexKey: a menu is made anew each time
              key={at}
              className="float-item"
              data-danger={one.danger}
              disabled={one.disabled}
              onSelect={one.run}
            >
              {one.icon}
              {one.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

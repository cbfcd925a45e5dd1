import type { ButtonHTMLAttributes, ReactNode } from "react"
import "./button.css"

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "plain" | "main" | "quiet" | "danger"
  small?: boolean
  icon?: ReactNode
}

/** A button that says what it does. */
export function Button({ look = "plain", small, icon, children, className, ...rest }: Props) {
  const names = ["button", `button-${look}`, small && "button-small", className]
  return (
    <button type="button" className={names.filter(Boolean).join(" ")} {...rest}>
      {icon}
      {children !== undefined && <span className="clip">{children}</span>}
    </button>
  )
}

/** A button that is an icon; its label is told and shown on hover. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={["icon-button", className].filter(Boolean).join(" ")}
      {...rest}
    >
      {children}
    </button>
  )
}

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Popover } from "radix-ui"
import type { ReactNode } from "react"
import { ask } from "../data/client"
import { me } from "../data/recipes"
import { Button } from "../ui/button"
import { PersonTag } from "../ui/chip"
import { LanguageChoice, ThemeChoice } from "../ui/choices"
import "../ui/float.css"
import { useWords } from "../ui/words"

/** Who one is, how the page looks, and the way out. */
export function MeMenu({ label, children }: { label?: string; children?: ReactNode }) {
  const say = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data } = useQuery(me())
  async function leave() {
    await ask("POST", "/auth/logout")
    client.clear()
    await navigate({ to: "/sign-in", search: {} })
  }
  return (
    <Popover.Root>
      <Popover.Trigger className="me" aria-label={say("nav.me")}>
        {children ?? <PersonTag name={data?.user.name ?? ""} bare />}
        {label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="float me-float"
          side="right"
          align="end"
          sideOffset={8}
          collisionPadding={8}
        >
          <PersonTag name={data?.user.label ?? ""} />
          <div className="me-row">
            <LanguageChoice />
            <ThemeChoice />
          </div>
          <Popover.Close asChild>
            <Link className="float-item" to="/me">
              {say("me.title")}
            </Link>
          </Popover.Close>
          <a className="float-item" href="/api/docs" target="_blank" rel="noreferrer">
            {say("nav.api")}
          </a>
          <Button look="quiet" small onClick={() => void leave()}>
            {say("sign.out")}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

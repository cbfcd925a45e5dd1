import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Eye } from "lucide-react"
import { ask } from "../data/client"
import { me } from "../data/recipes"
import { Button } from "../ui/button"
import { tellFault } from "../ui/toast"
import { useWords } from "../ui/words"
import "./looking.css"

/** Says, while it lasts, that one looks through somebody else's eyes; and the way out. */
export function Looking() {
  const say = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: who } = useQuery(me())
  if (!who?.seen_by) return null
  async function leave() {
    try {
      await ask("DELETE", "/access/view-as")
      client.clear()
      await navigate({ to: "/workshop/people" })
    } catch (error) {
      tellFault(error)
    }
  }
  return (
    <div className="looking" role="status">
      <Eye size={16} aria-hidden="true" />
      <span className="clip">{say("people.viewing", { name: who.user.label })}</span>
      <Button small onClick={() => void leave()}>
        {say("people.viewing.end")}
      </Button>
    </div>
  )
}

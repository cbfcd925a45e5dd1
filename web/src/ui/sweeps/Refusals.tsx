import { useInfiniteQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { sweeps } from "../../data/sweeps"
import type { Sweep } from "../../kernel/sweeps"
import { Dialog } from "../dialog"
import { More } from "../more"
import "../lines.css"
import { Bones, Trouble } from "../states"
import { useWords } from "../words"

interface Props {
  sweep: Sweep
  title: string
  onClose: () => void
}

/** The records that a job left as they are, each with why. */
export function Refusals({ sweep, title, onClose }: Props) {
  const say = useWords()
  const found = useInfiniteQuery(sweeps.left(sweep.id))
  const items = found.data?.pages.flatMap((one) => one.items) ?? []
  return (
    <Dialog title={title} look="side" onClose={onClose}>
      {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Bones lines={6} />}
      <ul className="sweep-left">
        {items.map((one) => (
          <li key={one.position}>
            {one.record ? (
              <Link
                to="/desk/$object/$id"
                params={{ object: one.object, id: one.record.id }}
                onClick={onClose}
              >
                {one.record.title || say("sweep.untitled")}
              </Link>
            ) : (
              <span className="faint">{say("sweep.unseen")}</span>
            )}
            <span className="sweep-left-why">
              {one.errors.map((each) => each.message).join("; ")}
            </span>
          </li>
        ))}
      </ul>
      <More of={found} />
    </Dialog>
  )
}

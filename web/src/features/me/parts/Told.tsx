import { useQuery, useQueryClient } from "@tanstack/react-query"
import { type Told as Kind, notifications, wantAllBut } from "../../../data/notifications"
import { Bones, Trouble } from "../../../ui/states"
import { tellFault } from "../../../ui/toast"
import { useWords } from "../../../ui/words"

/** Which kinds of things one wants to be told of; kept as soon as it is said. */
export function Told() {
  const say = useWords()
  const client = useQueryClient()
  const found = useQuery(notifications.settings())
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Bones lines={10} gap={16} />
  const kinds = found.data
  const change = (kind: Kind) =>
    void wantAllBut(
      client,
      kinds.filter((one) => one.on === (one.key === kind.key)).map((one) => one.key),
    ).catch(tellFault)
  return (
    <section className="me-part">
      <h2>{say("me.told")}</h2>
      <p className="soft">{say("me.told.hint")}</p>
      <ul className="me-told">
        {kinds.map((one) => (
          <li key={one.key}>
            <label>
              <input type="checkbox" checked={one.on} onChange={() => change(one)} />
              {one.label}
            </label>
          </li>
        ))}
      </ul>
    </section>
  )
}

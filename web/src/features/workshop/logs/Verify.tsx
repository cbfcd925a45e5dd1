import { useQuery } from "@tanstack/react-query"
import { Check, X } from "lucide-react"
import { ask } from "../../../data/client"
import type { Verified } from "../../../data/logs"
import { Dialog } from "../../../ui/dialog"
import { Bones, Trouble } from "../../../ui/states"
import { useWords } from "../../../ui/words"

/** Sums the logs up again and says whether anything was touched. */
export function Verify({ onClose }: { onClose: () => void }) {
  const say = useWords()
  const found = useQuery({
    queryKey: ["logs", "verify"],
    queryFn: ({ signal }) => ask<Verified>("GET", "/logs/verify", { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  return (
    <Dialog title={say("logs.verify")} onClose={onClose}>
      {found.isError ? (
        <Trouble error={found.error} />
      ) : !found.data ? (
        <Bones lines={4} gap={16} />
      ) : (
        <div className="stack" role="status">
          <p className="logs-verdict" data-sound={found.data.sound}>
            {found.data.sound ? <Check size={18} /> : <X size={18} />}
            {say(found.data.sound ? "logs.sound" : "logs.unsound")}
          </p>
          <ul className="rows">
            {found.data.items.map((one) => (
              <li key={one.log} className="rows-row">
                <span>
                  {say(`logs.${one.log}`)}
                  <small>
                    {say("logs.counts", {
                      rows: one.rows,
                      seals: one.seals,
                      unsealed: one.unsealed,
                    })}
                  </small>
                  {one.head && (
                    <small className="logs-head">
                      {one.head.number}:{one.head.digest.slice(0, 24)}…
                    </small>
                  )}
                  {one.findings.map((it) => (
                    <small key={it.message} className="labelled-wrong">
                      {it.message}
                    </small>
                  ))}
                </span>
                {one.sound ? <Check size={16} /> : <X size={16} />}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}

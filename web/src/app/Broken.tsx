import { Trouble } from "../ui/states"

/** What a page shows that could not be shown. */
export function Broken({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <main>
      <Trouble error={error} retry={reset} />
    </main>
  )
}

import { Top } from "../../../ui/top"
import { useWords } from "../../../ui/words"

/** Apps. */
export function AppsPage() {
  const say = useWords()
  return <Top title={say("apps.title")} />
}

import { Button } from "./button"
import { useWords } from "./words"
import "./lines.css"

export interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

/** The way on from the pages of a list that are there, as long as there are more. */
export function More({ of: pages }: { of: Pages }) {
  const say = useWords()
  if (!pages.hasNextPage) return null
  return (
    <div className="lines-more">
      <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {say("do.load")}
      </Button>
    </div>
  )
}

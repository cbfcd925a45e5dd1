import { colorOf, initials } from "../kernel/format"
import "./chip.css"

/** A word with a soft colour. */
export function Chip({ word, color }: { word: string; color?: string }) {
  return (
    <span className="chip" data-color={colorOf(word, color)}>
      {word}
    </span>
  )
}

/** A person, as a coloured letter and a name. */
export function PersonTag({ name, bare }: { name: string; bare?: boolean }) {
  return (
    <span className="person" title={bare ? name : undefined}>
      <span className="person-letter" data-color={colorOf(name)} aria-hidden="true">
        {initials(name)}
      </span>
      {bare ? <span className="unseen">{name}</span> : <span className="clip">{name}</span>}
    </span>
  )
}

import { useLanguage } from "../../../../data/preferences"
import { percent } from "../../../../kernel/format"
import { fieldOf, type ObjectMeta } from "../../../../kernel/meta"
import { type Bar, waterfall } from "../../../../kernel/waterfall"
import { useWords } from "../../../../ui/words"
import type { Pair } from "../api"

const AGREEMENTS = [
  "same",
  "alike",
  "one_typo",
  "misspelt",
  "two_typos",
  "typos",
  "similar",
  "same_short",
  "same_core",
  "same_sound",
  "same_domain",
  "same_street",
  "cut_short",
  "brand",
  "partly",
  "another",
  "elsewhere",
  "different",
] as const

/** Why the score is what it is: each field lifts it or presses it down, from left to right. */
export function Weights({ object, pair }: { object: ObjectMeta; pair: Pair }) {
  const say = useWords()
  const language = useLanguage()
  const { bars, least, most } = waterfall(pair.score, pair.reasons)
  const span = most - least || 1
  const place = (bits: number) => `${((bits - least) / span) * 100}%`
  const agreed = (one: Bar) => {
    const word = AGREEMENTS.find((each) => each === one.agreement)
    return word ? say(`agreement.${word}`) : one.agreement
  }
  return (
    <figure className="weights">
      <figcaption>
        {say("duplicates.score")} <strong>{percent(pair.score, language)}</strong>
        <span className="faint"> {say("duplicates.bits")}</span>
      </figcaption>
      <ol>
        {bars.map((one) => (
          <li key={one.field ?? ""} className="weight">
            <span className="clip">
              {one.field
                ? (fieldOf(object, one.field)?.label ?? one.field)
                : say("duplicates.start")}
            </span>
            <span className="soft clip">{one.field && agreed(one)}</span>
            <span className="weight-track">
              <span className="weight-zero" style={{ left: place(0) }} />
              <span
                className="weight-bar"
                data-sign={one.weight < 0 ? "down" : "up"}
                style={{
                  left: place(Math.min(one.from, one.to)),
                  width: `${(Math.abs(one.weight) / span) * 100}%`,
                }}
              />
            </span>
            <span className="weight-figure">
              {one.weight > 0 ? "+" : ""}
              {one.weight.toFixed(1)}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

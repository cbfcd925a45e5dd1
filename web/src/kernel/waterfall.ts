/** How a score came about: what it begins with, what each reason adds, in steps that stand on each other. */

export interface Reason {
  field: string
  agreement: string
  /** In bits: each one doubles the odds. */
  weight: number
}

export interface Bar {
  /** A field, or nothing for what the odds are before anything is compared. */
  field: string | undefined
  agreement: string
  weight: number
  from: number
  to: number
}

export interface Waterfall {
  bars: Bar[]
  least: number
  most: number
}

const SUREST = 1 - 2 ** -40

/** The bits a score stands for: 0 where it is as likely as not. */
export function bits(score: number): number {
  const held = Math.min(SUREST, Math.max(1 - SUREST, score))
  return Math.log2(held / (1 - held))
}

/** The first bar is what is left of the score: the odds of any two records, and what may not be shown. */
export function waterfall(score: number, reasons: readonly Reason[]): Waterfall {
  const told = reasons.reduce((sum, one) => sum + one.weight, 0)
  const start = bits(score) - told
  let height = start
  const bars: Bar[] = [
    { field: undefined, agreement: "", weight: start, from: 0, to: start },
    ...reasons.map((one) => {
      const from = height
      height += one.weight
      return { ...one, from, to: height }
    }),
  ]
  const ends = bars.flatMap((one) => [one.from, one.to])
  return { bars, least: Math.min(0, ...ends), most: Math.max(0, ...ends) }
}

/** Whether a chance is worth a line: what would be called 0% is nobody's duplicate. */
export function likely(score: number): boolean {
  return score >= 0.01
}

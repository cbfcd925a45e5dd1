/** A long list in pieces of equal length: which are wanted, and how long the whole is. */

export interface Stretch {
  /** The first line in sight. */
  from: number
  /** The last one. */
  to: number
}

export interface Piece<Line> {
  number: number
  lines: readonly Line[]
  /** Whether others follow. */
  more: boolean
}

/** Longer than this no browser makes a page; at 36 pixels a line. */
const MOST = 900_000
/** How near to an edge the piece beyond it is wanted, in lines. */
const NEAR = 30

/** The pieces wanted for what is in sight, the first one at first. */
export function piecesOf({ from, to }: Stretch, size: number): number[] {
  const first = Math.floor(Math.max(0, from - NEAR) / size)
  const last = Math.floor((to + NEAR) / size)
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => first + at)
}

/** How many lines there are: as counted, unless the pieces know better. */
export function lengthOf(
  pieces: readonly Piece<unknown>[],
  counted: number | undefined,
  size: number,
): number {
  let length = counted ?? 0
  for (const { number, lines, more } of pieces) {
    const reached = number * size + lines.length
    if (more) length = Math.max(length, reached + 1)
    // An empty piece lies behind the end, and says no more of where that is.
    else if (lines.length > 0 || number === 0) length = reached
    else length = Math.min(length, number * size)
  }
  return Math.min(length, MOST)
}

/** The pieces at their places; what is not there is a hole. */
export function spread<Line>(
  pieces: readonly Piece<Line>[],
  counted: number | undefined,
  size: number,
): (Line | undefined)[] {
  const lines: (Line | undefined)[] = []
  lines.length = lengthOf(pieces, counted, size)
  for (const piece of pieces)
    piece.lines.forEach((line, at) => {
      const place = piece.number * size + at
      if (place < lines.length) lines[place] = line
    })
  return lines
}

/** What is kept of what was wanted before, the latest last. */
export function keptOf(before: readonly number[], now: readonly number[], most: number): number[] {
  return [...before.filter((one) => !now.includes(one)), ...now].slice(-most)
}

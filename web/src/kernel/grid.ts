/** Which cells of a table are chosen, how keys move through it, what copying gives. */

export interface Cell {
  row: number
  column: number
}

/** From where the choice was drawn, and where it is now. */
export interface Choice {
  anchor: Cell
  active: Cell
}

export interface Size {
  rows: number
  columns: number
}

export interface Area {
  top: number
  bottom: number
  left: number
  right: number
}

export function at(row: number, column: number): Choice {
  const cell = { row, column }
  return { anchor: cell, active: cell }
}

export function areaOf({ anchor, active }: Choice): Area {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  }
}

export function within(choice: Choice | undefined, row: number, column: number): boolean {
  if (!choice) return false
  const area = areaOf(choice)
  return row >= area.top && row <= area.bottom && column >= area.left && column <= area.right
}

export interface Press {
  key: string
  shift: boolean
  /** Ctrl, or ⌘. */
  far: boolean
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-15, 0],
  PageDown: [15, 0],
}

/** Where a key leads; nothing if it is none that moves. */
export function moved(choice: Choice, press: Press, size: Size): Choice | undefined {
  const target = aim(choice.active, press, size)
  if (!target) return
  const cell = {
    row: Math.max(0, Math.min(size.rows - 1, target.row)),
    column: Math.max(0, Math.min(size.columns - 1, target.column)),
  }
  const stretching = press.shift && press.key !== "Tab"
  return { anchor: stretching ? choice.anchor : cell, active: cell }
}

function aim({ row, column }: Cell, { key, shift, far }: Press, size: Size): Cell | undefined {
  const step = STEPS[key]
  if (step) {
    const [down, right] = step
    const reach = far ? Number.MAX_SAFE_INTEGER : 1
    return { row: row + down * reach, column: column + right * reach }
  }
  switch (key) {
    case "Home":
      return { row: far ? 0 : row, column: 0 }
    case "End":
      return { row: far ? size.rows - 1 : row, column: size.columns - 1 }
    case "Tab":
      return tabbed({ row, column }, shift ? -1 : 1, size)
    default:
      return undefined
  }
}

function tabbed({ row, column }: Cell, by: 1 | -1, size: Size): Cell {
  const place = row * size.columns + column + by
  return {
    row: Math.floor(place / size.columns),
    column: ((place % size.columns) + size.columns) % size.columns,
  }
}

/** Texts as a spreadsheet takes them: tabs between columns, what holds breaks in quotes. */
export function asTable(rows: string[][]): string {
  const cell = (text: string) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(cell).join("\t")).join("\n")
}

/** What a spreadsheet put on the clipboard. */
export function fromTable(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /(?:^|\t|\r?\n)(?:"((?:[^"]|"")*)"|([^\t\r\n]*))/g
  const clean = text.replace(/\r?\n$/, "")
  for (const found of clean.matchAll(cells)) {
    if (/^\r?\n/.test(found[0])) rows.push([])
    rows.at(-1)?.push(found[1] !== undefined ? found[1].replaceAll('""', '"') : (found[2] ?? ""))
  }
  return rows
}

export interface Pasted {
  row: number
  column: number
  text: string
}

/** Where the texts of a clipboard go: from the active cell on, or one text into every chosen cell. */
export function planPaste(choice: Choice, table: string[][], size: Size): Pasted[] {
  const only = table.length === 1 && table[0]?.length === 1 ? table[0][0] : undefined
  const area = areaOf(choice)
  if (only !== undefined) {
    const cells: Pasted[] = []
    for (let row = area.top; row <= area.bottom; row++)
      for (let column = area.left; column <= area.right; column++)
        cells.push({ row, column, text: only })
    return cells
  }
  return table
    .flatMap((texts, down) =>
      texts.map((text, right) => ({ row: area.top + down, column: area.left + right, text })),
    )
    .filter((one) => one.row < size.rows && one.column < size.columns)
}

/** Exact decimals, as PostgreSQL reckons with them: 0.1 + 0.2 is 0.3. */

export interface Decimal {
  digits: bigint
  /** How many of the digits stand behind the point. */
  scale: number
}

const WRITTEN = /^([+-]?)(\d+)(?:\.(\d+))?$/
const DIVIDED = 20
const MOST = 60

export function decimal(text: string | number): Decimal | undefined {
  const plain = typeof text === "number" ? plainly(text) : text.trim()
  const found = WRITTEN.exec(plain)
  if (!found) return undefined
  const [, sign, whole = "0", part = ""] = found
  return { digits: BigInt(`${sign === "-" ? "-" : ""}${whole}${part}`), scale: part.length }
}

/** A float without an exponent. */
function plainly(value: number): string {
  return Number.isFinite(value) ? value.toFixed(15).replace(/\.?0+$/, "") : ""
}

export function written(one: Decimal): string {
  const negative = one.digits < 0n
  const text = (negative ? -one.digits : one.digits).toString().padStart(one.scale + 1, "0")
  const whole = text.slice(0, text.length - one.scale)
  const part = text.slice(text.length - one.scale).replace(/0+$/, "")
  const said = part ? `${whole}.${part}` : whole
  return negative && said !== "0" ? `-${said}` : said
}

export function whole(value: number): Decimal {
  return { digits: BigInt(Math.trunc(value)), scale: 0 }
}

export function toNumber(one: Decimal): number {
  return Number(written(one))
}

function level(one: Decimal, other: Decimal): [bigint, bigint, number] {
  const scale = Math.max(one.scale, other.scale)
  return [
    one.digits * 10n ** BigInt(scale - one.scale),
    other.digits * 10n ** BigInt(scale - other.scale),
    scale,
  ]
}

export function compared(one: Decimal, other: Decimal): number {
  const [left, right] = level(one, other)
  return left < right ? -1 : left > right ? 1 : 0
}

export function plus(one: Decimal, other: Decimal): Decimal {
  const [left, right, scale] = level(one, other)
  return { digits: left + right, scale }
}

export function negative(one: Decimal): Decimal {
  return { ...one, digits: -one.digits }
}

export function times(one: Decimal, other: Decimal): Decimal {
  return { digits: one.digits * other.digits, scale: one.scale + other.scale }
}

/** Nothing where the divisor is zero. */
export function divided(one: Decimal, other: Decimal): Decimal | null {
  if (other.digits === 0n) return null
  const places = DIVIDED + other.scale + 1
  const raised = { digits: one.digits * 10n ** BigInt(places), scale: one.scale + places }
  return rounded(
    { digits: raised.digits / other.digits, scale: raised.scale - other.scale },
    DIVIDED,
  )
}

export function remainder(one: Decimal, other: Decimal): Decimal | null {
  if (other.digits === 0n) return null
  const [left, right, scale] = level(one, other)
  return { digits: left % right, scale }
}

/** Half goes away from zero; places before the point are negative. */
export function rounded(one: Decimal, places: number): Decimal {
  if (one.scale <= places) return one
  const unit = 10n ** BigInt(one.scale - places)
  const half = unit / 2n
  const size = one.digits < 0n ? -one.digits : one.digits
  const kept = ((size + half) / unit) * (one.digits < 0n ? -1n : 1n)
  return places >= 0
    ? { digits: kept, scale: places }
    : { digits: kept * 10n ** BigInt(-places), scale: 0 }
}

export function floored(one: Decimal): Decimal {
  const unit = 10n ** BigInt(one.scale)
  const down = one.digits / unit
  return { digits: one.digits < 0n && one.digits % unit !== 0n ? down - 1n : down, scale: 0 }
}

/** Nothing where it is not defined, or has more digits than anybody can use. */
export function powered(one: Decimal, exponent: Decimal): Decimal | null {
  const power = toNumber(exponent)
  if (one.digits === 0n && power < 0) return null
  const size = Math.log10(Math.abs(toNumber(one)) || 1) * power
  if (size > MOST) return null
  if (Number.isInteger(power) && power >= 0 && power <= 1000)
    return rounded({ digits: one.digits ** BigInt(power), scale: one.scale * power }, MOST)
  return decimal(toNumber(one) ** power) ?? null
}

export function root(one: Decimal): Decimal | null {
  return one.digits < 0n ? null : (decimal(Math.sqrt(toNumber(one))) ?? null)
}

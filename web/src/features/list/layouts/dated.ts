/** Moments as the calendar counts them: on the wall of the company. */

import { wallOf } from "../../../kernel/zone"

export function dated(text: string): Date {
  return text.length <= 10 ? new Date(`${text}T00:00:00`) : wallOf(new Date(text))
}

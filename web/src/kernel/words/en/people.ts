import type { people as zh } from "../zh/people"

/** The words of people, permissions and one's own profile. */
export const people: Record<keyof typeof zh, string> = {
  "people.title": "Users",
}

/** The words of people, permissions and one's own profile. */
export const people = {
  "people.title": "用户",
} as const

/** The pages of users, departments, roles, keys and logs. */

export const peoplePages = [] as const

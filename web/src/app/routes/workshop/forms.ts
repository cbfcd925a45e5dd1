/** The pages where forms, views and record pages are designed. */

export const formPages = [] as const

/** The pages where objects, formulas and apps are built. */

export const objectPages = [] as const

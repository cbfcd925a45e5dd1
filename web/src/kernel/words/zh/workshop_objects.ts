/** The words of the object designer, the formula editor and apps. */
export const workshopObjects = {
  "objects.title": "对象",
} as const

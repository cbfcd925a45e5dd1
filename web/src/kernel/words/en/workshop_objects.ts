import type { workshopObjects as zh } from "../zh/workshop_objects"

/** The words of the object designer, the formula editor and apps. */
export const workshopObjects: Record<keyof typeof zh, string> = {
  "objects.title": "Objects",
}

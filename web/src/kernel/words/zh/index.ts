import { desk } from "./desk"
import { deskMore } from "./desk_more"
import { follow } from "./follow"
import { notifications } from "./notifications"
import { people } from "./people"
import { workshop } from "./workshop"
import { workshopForms } from "./workshop_forms"
import { workshopObjects } from "./workshop_objects"

/** Every word of the pages in Chinese; `en` has to have the same keys. */
export const zh = {
  ...desk,
  ...workshop,
  ...workshopObjects,
  ...workshopForms,
  ...people,
  ...deskMore,
  ...notifications,
  ...follow,
} as const

export type Word = keyof typeof zh

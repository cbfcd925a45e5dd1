import type { workshop as zh } from "../zh/workshop"

/** The words of the frame of the workshop. */
export const workshop: Record<keyof typeof zh, string> = {
  "workshop.title": "Workshop",
  "workshop.hint": "Build your own system, without code.",
  "workshop.group.build": "Build",
  "workshop.group.people": "People and permissions",
  "workshop.group.data": "Data",
  "renewal.busy":
    "Duplicate checks, search and order are being renewed by the rules of the new version",
  "renewal.failed":
    "Renewing duplicate checks, search and order stopped; the next start goes on with it",
  "renewal.hint":
    "Until this is done, older records may not be recognised or found. Afterwards you are told how many records written meanwhile may have been there already.",
  "renewal.met":
    "{n} records written while duplicate checks were renewed may have been there already: look for duplicates once.",
}

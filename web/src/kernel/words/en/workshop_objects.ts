import type { workshopObjects as zh } from "../zh/workshop_objects"

/** The words of the object designer, the formula editor and apps. */
export const workshopObjects: Record<keyof typeof zh, string> = {
  "expression.type.id": "id",
  "expression.type.text": "text",
  "expression.type.number": "number",
  "expression.type.money": "money",
  "expression.type.percent": "percent",
  "expression.type.boolean": "yes / no",
  "expression.type.date": "date",
  "expression.type.datetime": "date and time",
  "expression.type.duration": "duration",
  "expression.type.option": "option",
  "expression.type.options": "options",
  "expression.type.user": "user",
  "expression.type.users": "users",
  "expression.type.department": "department",
  "expression.type.record": "record",
  "expression.type.records": "records",
  "expression.type.region": "region",
  "expression.type.list": "list",
  "expression.type.json": "structured data",
  "expression.sample": "Try on",
  "expression.sample.pick": "Record to try it on",
  "expression.sample.none": "There is no record to try it on yet",
  "expression.nothing": "empty",
  "objects.title": "Objects",
}

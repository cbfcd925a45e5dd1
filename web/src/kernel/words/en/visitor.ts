import type { VisitorWord } from "../zh/visitor"

/** The words of public forms, which are loaded without all the others. */
export const visitor: Record<VisitorWord, string> = {
  loading: "Opening",
  closed: "This form is not open at the moment",
  "closed.hint": "Ask whoever gave you the link.",
  again: "Try again",
  send: "Send",
  sending: "Sending…",
  required: "Please fill this in",
  choose: "Choose",
  none: "None of these",
  yes: "Yes",
  wrong: "Some answers need another look; they are marked below.",
  sent: "Received. Thank you!",
  "sent.hint": "You may close this page.",
  "sent.more": "Fill in another one",
  language: "中文",
  "files.add": "Choose files",
  "files.drop": "Take out",
  "files.most": "Up to {n}",
  "files.size": " files of {n} MB each:",
  "files.large": "This file is too large",
  "files.many": "These are too many files",
  stars: "{n} stars",
}

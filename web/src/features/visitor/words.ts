import { useLanguage } from "../../data/preferences"
import { visitor as en } from "../../kernel/words/en/visitor"
import { type VisitorWord, visitor as zh } from "../../kernel/words/zh/visitor"

/** What the page of a public form says, in the language of who fills it in. */
export function useSay(): (word: VisitorWord, n?: number) => string {
  const words = useLanguage() === "zh" ? zh : en
  return (word, n) => words[word].replace("{n}", String(n ?? ""))
}

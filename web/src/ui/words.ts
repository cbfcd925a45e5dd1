/** What the pages say, in the language chosen. */

import { type Language, languageNow, useLanguage } from "../data/preferences"
import { en } from "../kernel/words/en"
import { type Word, zh } from "../kernel/words/zh"

export type Say = (word: Word, facts?: Record<string, string | number>) => string

const CATALOGUES: Record<Language, Record<Word, string>> = { zh, en }

export function said(
  language: Language,
  word: Word,
  facts?: Record<string, string | number>,
): string {
  const text = CATALOGUES[language][word]
  if (!facts) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}

/** For what is said outside of a component. */
export const sayNow: Say = (word, facts) => said(languageNow(), word, facts)

export function useWords(): Say {
  const language = useLanguage()
  return (word, facts) => said(language, word, facts)
}

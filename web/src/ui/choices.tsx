import { useQueryClient } from "@tanstack/react-query"
import { dress, keep, type Theme, themeNow, useKept, useLanguage } from "../data/preferences"
import "./input.css"
import { useWords } from "./words"
import "./choices.css"

/** Chinese or English; everything asked before is asked again in the other language. */
export function LanguageChoice() {
  const language = useLanguage()
  const client = useQueryClient()
  return (
    <button
      type="button"
      className="choice"
      lang={language === "zh" ? "en" : "zh-CN"}
      onClick={() => {
        keep("language", language === "zh" ? "en" : "zh")
        dress()
        void client.invalidateQueries()
      }}
    >
      {language === "zh" ? "English" : "中文"}
    </button>
  )
}

const THEMES: Theme[] = ["system", "light", "dark"]

/** Light, dark, or as the system has it. */
export function ThemeChoice() {
  const say = useWords()
  useKept("theme")
  return (
    <label className="choice">
      <span className="unseen">{say("me.theme")}</span>
      <select
        value={themeNow()}
        onChange={(event) => {
          keep("theme", event.target.value)
          dress()
        }}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {say(`me.theme.${one}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The languages of the desk, each in itself. */
export const LANGUAGES = [
  { key: "zh", label: "中文" },
  { key: "en", label: "English" },
] as const

import type { follow as zh } from "../zh/follow"

/** Words of mentions in what people write. */
export const follow: Record<keyof typeof zh, string> = {
  "mention.whom": "Mention a colleague",
  "mention.found": "{n} colleagues; choose with the arrow keys",
  "mention.sight": "Who is mentioned sees no more than they may see anyway",
  "mention.told": "Will be told",
  "mention.others": "Mentions",
  "setting.mentions": "Who is mentioned by @ is kept in",
  "setting.mentions.none": "Nobody can be mentioned",
}

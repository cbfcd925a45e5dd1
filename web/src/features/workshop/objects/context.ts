/** What every part of the designer is told. */

import type { Stored } from "../../../data/configuration"
import type { Language } from "../../../data/preferences"
import type { ObjectDocument } from "../../../kernel/design/object"
import type { Placed } from "../../../kernel/design/problems"
import type { KindOf } from "../../../kernel/design/schema"
import type { Draft } from "./draft"

export interface Design {
  draft: Draft
  stored: Stored<ObjectDocument> | undefined
  objects: readonly Stored<ObjectDocument>[]
  kinds: readonly KindOf[]
  problems: readonly Placed[]
  language: Language
}
